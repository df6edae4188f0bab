// How a person ends a receipt that was asked for and did not print.
// `seen`: it lies there; `code`: the driver has its code; `notWanted`: nobody waits for it.

export const paperEnds = ['seen', 'code', 'notWanted'] as const
export type PaperEnd = (typeof paperEnds)[number]
