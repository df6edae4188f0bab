// Seconds as a sentence has them.
// Two decimals, without trailing noughts.
export const secondsOf = (sec: number): string => String(Math.round(sec * 100) / 100)
