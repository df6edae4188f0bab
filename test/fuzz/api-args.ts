// Arguments for any row of the call table, drawn from its own schema: valid, and strange.
// Strings come from a pool of troublesome words and from the lot's own answers.
import { z } from 'zod'
import { seeded, type Draw } from './mutator.ts'

interface Shape {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly allOf?: readonly Shape[]
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly items?: Shape
  readonly prefixItems?: readonly Shape[]
  readonly minItems?: number
  readonly maxItems?: number
  readonly propertyNames?: Shape
  readonly additionalProperties?: Shape | boolean
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
}

const words = [
  ...['', ' ', 'constructor', '__proto__', 'toString', 'null', '0', '-1', '1e309', 'NaN', '=1+1'],
  ...[
    '2026-02-30',
    '2026-13-01',
    '0000-00-00',
    '9999-12-31',
    '1970-01-01',
    '2026-11-24',
    '2026-02',
  ],
  ...[
    '2026-00',
    '2026-13',
    '24:00',
    '25:61',
    '00:00',
    '2026-02-30T25:61:61+08:00',
    '2026-11-24T08:00',
  ],
  ...['2026-11-24T08:00:00.000+08:00', '9999-12-31T23:59:59.999+08:00', '-000001-01-01T00:00:00Z'],
  ...[
    '测A12345',
    '京A00000',
    'exit',
    'entry',
    'platform',
    'owner',
    'etc',
    'cash',
    'a',
    'abcdefgh',
    'p1',
  ],
  ...[
    '车牌,颜色\n',
    '{',
    '[]',
    '{}',
    '"',
    '../../x',
    'file:///x',
    'tcp://',
    'tcp://127.0.0.1:9',
    'http://[',
  ],
  ...[
    'serial:/dev/null',
    'push:hikvision',
    'sim:x',
    'AA',
    'zz',
    '😀',
    '測'.repeat(60),
    'x'.repeat(200),
  ],
]

const triesMax = 100

/** Draws arguments; `learn` adds words from the lot's answers. */
export class ArgsDraw {
  readonly #draw: Draw
  readonly #learnt: string[] = []
  #acts = 0

  constructor(seed: number) {
    this.#draw = seeded(seed)
  }

  learn(answer: unknown): void {
    if (typeof answer === 'string') {
      if (answer.length > 100 || this.#learnt.includes(answer)) return
      if (this.#learnt.length < 2_000) this.#learnt.push(answer)
      else this.#learnt[this.#draw(2_000)] = answer
    } else if (typeof answer === 'object' && answer !== null)
      for (const one of Object.values(answer).slice(0, 40)) this.learn(one)
  }

  /** The first draw that the check accepts; invalid arguments are tested elsewhere. */
  of(args: z.ZodType): unknown {
    const shape = z.toJSONSchema(args, { unrepresentable: 'any', io: 'input' }) as Shape
    for (let tries = 1; ; tries++) {
      const drawn = this.#value(shape)
      if (tries === triesMax || args.safeParse(drawn).success) return drawn
    }
  }

  #one<T>(of: readonly T[]): T | undefined {
    return of[this.#draw(of.length)]
  }

  #text({ pattern, minLength = 0, maxLength = Infinity }: Shape): string {
    const fits = (one: string): boolean =>
      one.length >= minLength &&
      one.length <= maxLength &&
      (pattern === undefined || new RegExp(pattern, 'u').test(one))
    const from = this.#draw(2) === 0 ? words : this.#learnt
    return (
      this.#one(from.filter(fits)) ??
      this.#one([...words, ...this.#learnt].filter(fits)) ??
      'x1y2z3w4'
    )
  }

  #number({ type, minimum = -1e9, maximum = 1e9 }: Shape): number {
    const edges = [minimum, maximum, 0, 1, minimum + 1, maximum - 1].filter(
      (n) => n >= minimum && n <= maximum,
    )
    const between = minimum + this.#draw(Math.min(1e6, maximum - minimum))
    const drawn = this.#draw(3) === 0 ? between : (this.#one(edges) ?? minimum)
    return type === 'integer' ? Math.round(drawn) : drawn
  }

  #object({ properties = {}, required = [], propertyNames, additionalProperties }: Shape): object {
    const named = Object.entries(properties).filter(
      ([name]) => required.includes(name) || this.#draw(2) === 0,
    )
    const more = typeof additionalProperties === 'object' ? additionalProperties : null
    const extra = Array.from({ length: more === null ? 0 : this.#draw(4) }, () => [
      this.#text(propertyNames ?? {}),
      this.#value(more ?? {}),
    ])
    return Object.fromEntries([
      ...extra,
      ...named.map(([name, shape]) => [name, this.#member(name, shape)] as const),
    ]) as object
  }

  /** A command id is nearly always new, because a repeated act is only reported again. */
  #member(name: string, shape: Shape): unknown {
    if (name === 'commandId' && this.#draw(10) > 0) return `strange-${++this.#acts}`
    return this.#value(shape)
  }

  #value(shape: Shape): unknown {
    const { type, anyOf, oneOf, allOf, items, prefixItems } = shape
    const { minItems = 0, maxItems = 4 } = shape
    if ('const' in shape) return shape.const
    if (shape.enum !== undefined) return this.#one(shape.enum)
    const choice = anyOf ?? oneOf
    if (choice !== undefined) return this.#value(this.#one(choice) ?? {})
    if (allOf !== undefined) return this.#value(Object.assign({}, ...allOf) as Shape)
    if (type === 'object') return this.#object(shape)
    if (type === 'string') return this.#text(shape)
    if (type === 'number' || type === 'integer') return this.#number(shape)
    if (type === 'boolean') return this.#draw(2) === 0
    if (type === 'null') return null
    if (type !== 'array') return this.#one<unknown>([...words, 0, null, true, [], {}])
    if (prefixItems !== undefined) return prefixItems.map((one) => this.#value(one))
    const length = Math.max(minItems, this.#draw(Math.min(maxItems, 4) + 1))
    return Array.from({ length }, () => this.#value(items ?? {}))
  }
}
