// The flags and words of a usage line as types: the type-level counterpart of `usageOf` in acts.ts. `Depth` counts open
// brackets; what is inside one is optional.
type Depth = readonly 0[]

/** The expansion of `PLACE` in a line. */
export type PlaceUsage = '(--link URL [--site NAME] [--state DIR] | --data DIR) [--lane ID]'

type Split<S extends string> = S extends `${infer W} ${infer R}` ? [W, R] : [S, '']
type Bare<W extends string> = W extends `[${infer R}` | `(${infer R}`
  ? Bare<R>
  : W extends `${infer R}]`
    ? Bare<R>
    : W extends `${infer R})`
      ? Bare<R>
      : W
type Opened<W extends string, D extends Depth> = W extends `[${infer R}` | `(${infer R}`
  ? Opened<R, [...D, 0]>
  : D
type Shut<R extends string, D extends Depth> = D extends readonly [0, ...infer T extends Depth]
  ? Closed<R, T>
  : D
type Closed<W extends string, D extends Depth> = W extends `${infer R}]`
  ? Shut<R, D>
  : W extends `${infer R})`
    ? Shut<R, D>
    : D

/** False when the word closes a bracket, or is followed by a flag, a bracket or an alternative. */
type HasValue<W extends string, R extends string> = W extends `${string}]` | `${string})`
  ? false
  : R extends '' | `--${string}` | `[${string}` | `(${string}` | `|${string}` | `…${string}`
    ? false
    : true

type Choices<V extends string> = V extends `${infer A}|${infer B}` ? A | Choices<B> : V
/** Whole numbers and word lists are typed; every other placeholder is a text. */
type ValueOf<V extends string> = string extends V
  ? string
  : V extends 'N' | 'SEC' | 'MS' | 'FEN' | 'MM'
    ? number
    : V extends Uppercase<V>
      ? string
      : V extends `${string}|${string}`
        ? V extends Uncapitalize<V>
          ? Choices<V>
          : string
        : string

type Loose<F> = F extends boolean | readonly unknown[] ? F : F | undefined
type Optional<T> = { [K in keyof T]: Loose<T[K]> }
type Put<T, N extends string, F> = T & { readonly [K in N]: F }
type Words = readonly unknown[]

type Valued<
  N extends string,
  V extends string,
  R extends string,
  D extends Depth,
  T,
  P extends Words,
> = R extends `...${string}`
  ? Flags<R, Closed<V, D>, Put<T, N, string[]>, P>
  : Flags<
      R,
      Closed<V, D>,
      Put<T, N, D extends readonly [] ? ValueOf<Bare<V>> : ValueOf<Bare<V>> | undefined>,
      P
    >

/** A word that the person replaces, in front of the rest of the line. */
type Taken<D extends Depth, R extends string, P extends Words> = R extends `...${string}`
  ? [...P, ...string[]]
  : D extends readonly []
    ? [...P, string]
    : [...P, string?]

/** A word that is neither a flag nor its value. */
type Word<W extends string, R extends string, D extends Depth, T, P extends Words> = W extends '|'
  ? D extends readonly []
    ? Optional<Flags<R, D, T, P>>
    : Flags<R, D, T, P>
  : Bare<W> extends Uncapitalize<Bare<W>>
    ? Flags<R, Closed<W, Opened<W, D>>, T, P>
    : Flags<R, Closed<W, Opened<W, D>>, T, Taken<Opened<W, D>, R, P>>

/** The flags of a line by name, and the words that it accepts. */
type Flags<S extends string, D extends Depth = [], T = unknown, P extends Words = []> = S extends ''
  ? Put<T, 'words', Readonly<P>>
  : Split<S> extends [infer W extends string, infer R extends string]
    ? W extends 'PLACE'
      ? Flags<`${PlaceUsage} ${R}`, D, T, P>
      : W extends '[--'
        ? Flags<'', D, Put<T, 'rest', readonly string[]>, P>
        : Bare<W> extends `--${infer N}`
          ? HasValue<W, R> extends true
            ? Split<R> extends [infer V extends string, infer Rest extends string]
              ? Valued<N, V, Rest, Opened<W, D>, T, P>
              : never
            : Flags<R, Closed<W, Opened<W, D>>, Put<T, N, boolean>, P>
          : Word<W, R, D, T, P>
    : never

/** Two ways to call an act: required is what both require; a line with … extends the one before it. */
type Both<A, B, BLine extends string> = {
  readonly [K in keyof A | keyof B]: K extends keyof A
    ? K extends keyof B
      ? A[K] | B[K]
      : BLine extends `${string} … ${string}`
        ? A[K]
        : Loose<A[K]>
    : K extends keyof B
      ? Loose<B[K]>
      : never
}

/** Arguments of an act: the values of the flags of its lines, and the words after its path. */
export type Given<L extends readonly string[]> = L extends readonly [infer One extends string]
  ? { readonly [K in keyof Flags<One>]: Flags<One>[K] }
  : L extends readonly [...infer Before extends string[], infer Last extends string]
    ? Both<Given<Before>, Flags<Last>, Last>
    : Readonly<Record<string, unknown>>
