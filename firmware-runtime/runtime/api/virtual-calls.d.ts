// Facts that builds derive from the call table for modules that cannot import it: preload and window
// (installers/dev/call-facts.ts).
declare module 'virtual:calls' {
  export const callNames: readonly string[]
  /** Names of acts and events, by their name in the audit. */
  export const actWords: Readonly<
    Record<string, import('#base/pure/words/fault-text.ts').BilingualText>
  >
  /** Forms of acts, by call. */
  export const callForms: Readonly<
    Partial<Record<string, import('#base/calls/call-form.ts').CallFormFacts>>
  >
}
