// How large a file that explains a car may be: two pictures, and as many turns and frames as a day's folder keeps of
// one stay.
export const carFileBytesMax = 64 * 1024 * 1024
