// After how long a way is told, as its words.

/** Seconds that a person may choose. */
export const times = [0, 300, 600, 1_800, 3_600, 14_400] as const

/** Path and parameters of its word. */
export const afterOf = (afterS: number): [word: string, more: { readonly count: number }] => [
  times.some((one) => one === afterS) ? `alarms.at.s${afterS}` : 'alarms.afterS',
  { count: afterS },
]
