// How a person ends a requested receipt that was not printed.
// `seen`: the paper is there; `code`: the driver has its code; `notWanted`: no longer needed.

export const paperEnds = ['seen', 'code', 'notWanted'] as const
export type PaperEnd = (typeof paperEnds)[number]
