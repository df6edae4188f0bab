// The rows of a file of faults. What most faults of a class mean is written once; a row has only what differs.
import type { BilingualText, FaultRow } from '../words/fault-text.ts'

/** A row that means what most of its class mean. */
type ClassRow = Omit<FaultRow, 'means'> & Partial<FaultRow>

/** The class of a code is its letters: `COPY` of `COPY-01`. */
export const faultRows = <Class extends string, Code extends string>(
  means: Readonly<Record<Class, BilingualText>>,
  rows: { readonly [C in Code]: C extends `${Class}-${string}` ? ClassRow : FaultRow },
): Readonly<Record<Code, FaultRow>> => {
  const ofClass: Readonly<Record<string, BilingualText>> = means
  const whole = ([code, { what, ...row }]: [string, ClassRow]) => {
    const own = ofClass[code.split('-', 1)[0] ?? '']
    return [code, { what, means: own, ...row }]
  }
  return Object.fromEntries(Object.entries<ClassRow>(rows).map(whole)) as Record<Code, FaultRow>
}
