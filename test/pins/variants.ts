// Variants of each member of a value: missing, null, of another type, at its bounds and just beyond, by its JSON
// Schema. They show from outside what a schema accepts and refuses.

export interface Shape {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Shape>>
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly type?: string
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
  readonly additionalProperties?: Shape | boolean
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
}

export interface Variant {
  /** JSON pointer, and the value there. */
  readonly at: string
  readonly is: string
  readonly value: unknown
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value

/** The alternative of a schema that matches the value. */
function shapeFor(root: Shape, shape: Shape, value: unknown): Shape {
  const { $ref, anyOf, oneOf } = shape
  if ($ref !== undefined)
    return shapeFor(root, root.$defs?.[$ref.split('/').at(-1) ?? ''] ?? {}, value)
  const all = anyOf ?? oneOf
  if (all === undefined) return shape
  const fits = all.map((one) => shapeFor(root, one, value)).filter((one) => mayBe(one, value))
  return fits[0] ?? {}
}

function mayBe({ type, properties, const: only }: Shape, value: unknown): boolean {
  if (only !== undefined) return only === value
  const is = typeOf(value)
  if (type === 'integer') return is === 'number'
  if (type !== is) return false
  if (!isObject(value)) return true
  return Object.entries(properties ?? {}).every(
    ([name, member]) => member.const === undefined || member.const === value[name],
  )
}

/** Ignores zod's own integer bounds, which are far beyond any rule of a form. */
const ruled = (bound: number | undefined): bound is number =>
  bound !== undefined && Math.abs(bound) < 1e12

function numbersOf({ minimum, maximum }: Shape): readonly (readonly [string, unknown])[] {
  return [
    ...(ruled(minimum)
      ? ([
          [`${minimum}`, minimum],
          [`${minimum - 1}`, minimum - 1],
        ] as const)
      : []),
    ...(ruled(maximum)
      ? ([
          [`${maximum}`, maximum],
          [`${maximum + 1}`, maximum + 1],
        ] as const)
      : []),
    ['1.5', 1.5],
  ]
}

const lettersOf = (count: number): readonly [string, unknown] => [
  `${count} letters`,
  'x'.repeat(count),
]

function textsOf({
  enum: words,
  minLength,
  maxLength,
}: Shape): readonly (readonly [string, unknown])[] {
  if (words !== undefined)
    return [...words.map((word) => [JSON.stringify(word), word] as const), ['"no such"', 'no such']]
  return [
    ['""', ''],
    ['" "', ' '],
    ['"x"', 'x'],
    ['"?! 测"', '?! 测'],
    ...(minLength !== undefined && minLength > 1 ? [lettersOf(minLength - 1)] : []),
    ...(maxLength === undefined ? [] : [lettersOf(maxLength), lettersOf(maxLength + 1)]),
  ]
}

function otherwise(shape: Shape, value: unknown): readonly (readonly [string, unknown])[] {
  const { maxItems, const: only } = shape
  const always = [['null', null]] as const
  switch (typeOf(value)) {
    case 'number':
      return [...always, ...(only === undefined ? numbersOf(shape) : []), ['"1"', '1']]
    case 'string':
      return [...always, ...textsOf(shape), ['1', 1]]
    case 'boolean':
      return [...always, ['true', true], ['false', false], ['"yes"', 'yes']]
    case 'array': {
      const [first] = value as readonly unknown[]
      const many =
        maxItems === undefined
          ? []
          : ([[`${maxItems + 1} items`, Array(maxItems + 1).fill(first)]] as const)
      return [...always, ['[]', []], ['[0,0]', [first, first]], ...many, ['{}', {}]]
    }
    case 'object':
      return [
        ...always,
        ['{}', {}],
        ['with surprise', { ...(value as object), surprise: 1 }],
        ['[]', []],
      ]
    default:
      return [
        ['1', 1],
        ['"x"', 'x'],
      ]
  }
}

/** The value with a replacement at this path; `gone` removes the member. */
function put(value: unknown, [name, ...rest]: readonly string[], given: unknown): unknown {
  if (name === undefined) return given
  if (Array.isArray(value))
    return value.map((one, i) => (String(i) === name ? put(one, rest, given) : one))
  const { [name]: member, ...others } = value as Record<string, unknown>
  if (rest.length === 0 && given === gone) return others
  return { ...(value as object), [name]: put(member, rest, given) }
}
const gone = Symbol('gone')

/** All variants of a value; of a list only the first item is varied. */
export function variantsOf(root: Shape, whole: unknown): readonly Variant[] {
  const found: Variant[] = []
  const walk = (shape: Shape, value: unknown, path: readonly string[]): void => {
    const own = shapeFor(root, shape, value)
    const at = path.map((part) => `/${part}`).join('')
    const add = (is: string, given: unknown): void =>
      void found.push({ at, is, value: put(whole, path, given) })
    if (path.length > 0 && !/^\d+$/.test(path.at(-1) ?? '')) add('absent', gone)
    for (const [is, given] of otherwise(own, value)) add(is, given)
    if (Array.isArray(value) && value.length > 0) walk(own.items ?? {}, value[0], [...path, '0'])
    if (!isObject(value)) return
    const { properties = {}, additionalProperties } = own
    for (const [name, member] of Object.entries(value)) {
      const more = typeof additionalProperties === 'object' ? additionalProperties : {}
      walk(properties[name] ?? more, member, [...path, name])
    }
  }
  walk(root, whole, [])
  return found
}

/** The members of a schema, such as `lanes[].id`, that none of these values has. */
export function missingMembers(root: Shape, values: readonly unknown[]): readonly string[] {
  const wanted = new Set<string>()
  const there = new Set<string>()
  const want = (shape: Shape, at: string): void => {
    const { $ref, anyOf = [], oneOf = [], items, properties = {} } = shape
    const named = $ref === undefined ? [] : [root.$defs?.[$ref.split('/').at(-1) ?? ''] ?? {}]
    for (const one of [...named, ...anyOf, ...oneOf]) want(one, at)
    if (items !== undefined) want(items, `${at}[]`)
    for (const [name, member] of Object.entries(properties)) {
      wanted.add(`${at}.${name}`)
      want(member, `${at}.${name}`)
    }
  }
  const look = (value: unknown, at: string): void => {
    there.add(at)
    if (Array.isArray(value)) for (const one of value) look(one, `${at}[]`)
    else if (isObject(value))
      for (const [name, one] of Object.entries(value)) look(one, `${at}.${name}`)
  }
  want(root, '')
  for (const value of values) look(value, '')
  return [...wanted].filter((path) => !there.has(path))
}
