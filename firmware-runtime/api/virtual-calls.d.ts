// What builds make of the call table for what cannot carry the table itself: preload and window (installers/dev/call-facts.ts).
declare module 'virtual:calls' {
  export const callNames: readonly string[]
  /** What acts and happenings are called, by their name in the audit. */
  export const actWords: Readonly<
    Record<string, import('../core/values/fault-text.ts').BilingualText>
  >
}
