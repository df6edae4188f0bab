// Seconds as text with at most two decimals,
// without trailing zeros.
export const secondsOf = (sec: number): string => String(Math.round(sec * 100) / 100)
