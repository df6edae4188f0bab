// Gives each plate, card, OBU, person and typed number of a support file one name of its own, the same in all its parts,
// so that one car stays one car. What a name stands for is in no file.
import { cardIn, gone, plateIn } from '#base/pure/words/mask.ts'
import type { Hidden, HiddenKind } from '#base/pure/values/support-file.ts'
import { roleWords, type Role } from '#base/pure/values/roles.ts'

type NamedKind = Exclude<HiddenKind, 'link' | 'text'>

/** What a redactor knows, as plain data: the next one goes on with it in another thread. */
export interface RedactorState {
  readonly names: readonly (readonly [string, string])[]
  readonly people: readonly (readonly [string, Role])[]
}

const stems: Readonly<Record<Exclude<NamedKind, 'person'>, string>> = {
  plate: '车',
  card: '卡',
  obu: '标签',
  number: '编号',
}
const phone = /(?<!\d)1[3-9]\d{9}(?!\d)/g
/** A shorter name stands in too many texts. */
const nameMin = 2
const numberText = (count: number): string => String(count).padStart(3, '0')

export class Redactor {
  private readonly names: Map<string, string>
  private readonly people: Map<string, Role>
  private readonly counts = new Map<string, number>()
  private hidden: Partial<Record<HiddenKind, number>> = {}

  constructor({ names, people }: RedactorState) {
    this.names = new Map()
    for (const [key, name] of names) this.keep(key, name)
    this.people = new Map(people)
  }

  get state(): RedactorState {
    return { names: [...this.names], people: [...this.people] }
  }

  /** What was hidden since this was last asked: that of one part. */
  takeHidden(): Hidden {
    const { hidden } = this
    this.hidden = {}
    return hidden
  }

  /** Keeps province and first letter, by which a price may differ. */
  plate(text: string): string {
    const plate = text.replace('·', '')
    const region = /^\p{Script=Han}[A-Z]/u.exec(plate)?.[0] ?? ''
    return this.named('plate', plate, region === '' ? stems.plate : `${region}·${stems.plate}`)
  }

  number(kind: 'card' | 'obu' | 'number', text: string): string {
    return this.named(kind, text, stems[kind])
  }

  /** A person as role and number; `role`: as the row itself says it. */
  person(name: string, role?: Role): string {
    if (role !== undefined && !this.people.has(name)) this.people.set(name, role)
    const own = this.people.get(name)
    return this.named('person', name, own === undefined ? '人员' : roleWords[own].zh)
  }

  note(kind: HiddenKind): void {
    this.hidden[kind] = (this.hidden[kind] ?? 0) + 1
  }

  /** For a text that a person typed: nothing of it is kept. */
  gone(kind: 'text' | 'link' = 'text'): string {
    this.note(kind)
    return gone
  }

  /** A text that the program made: what it may quote is named in it. */
  swept(text: string): string {
    const people = [...this.people.keys()].filter(({ length }) => length >= nameMin)
    return people
      .toSorted((a, b) => b.length - a.length)
      .reduce((left, name) => left.replaceAll(name, () => this.person(name)), text)
      .replaceAll(plateIn, (plate) => this.plate(plate))
      .replaceAll(cardIn, (no) => this.number('card', no))
      .replaceAll(phone, (no) => this.number('number', no))
  }

  private named(kind: NamedKind, text: string, stem: string): string {
    this.note(kind)
    const key = `${kind} ${text}`
    const known = this.names.get(key)
    if (known !== undefined) return known
    const count = (this.counts.get(kind) ?? 0) + 1
    const name = `${stem}${numberText(count)}`
    this.keep(key, name)
    return name
  }

  private keep(key: string, name: string): void {
    const kind = key.slice(0, key.indexOf(' '))
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1)
    this.names.set(key, name)
  }
}
