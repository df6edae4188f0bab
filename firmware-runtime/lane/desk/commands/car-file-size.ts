// Size limit of a car file:
// two pictures, and as many turns and frames as the folder of a day keeps for one stay.
export const carFileBytesMax = 64 * 1024 * 1024
