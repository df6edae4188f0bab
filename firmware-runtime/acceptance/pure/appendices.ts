// The appendices with test items, E to I, and R for the items of clause 10.3.2.
export const appendices = ['E', 'F', 'G', 'H', 'I', 'R'] as const
export type Appendix = (typeof appendices)[number]
