// The booms of a folder that tests have raised, as kept in its file: written before the boom moves, forgotten when it is
// seen down, or when a person has looked where nothing can tell.
import type { RaisedBoom } from '#base/pure/lot/raised-boom.ts'

interface RaisedFile {
  /** Empty also where the file cannot be read. */
  read(): readonly RaisedBoom[]
  /** Durable when it returns. Throws DISK-01. */
  write(booms: readonly RaisedBoom[]): void
}

export class RaisedBooms {
  readonly onChange = new Set<() => void>()
  private readonly file: RaisedFile
  private booms: readonly RaisedBoom[]

  constructor(file: RaisedFile) {
    this.file = file
    this.booms = file.read()
  }

  list(): readonly RaisedBoom[] {
    return this.booms
  }

  at(laneId: string): RaisedBoom | null {
    return this.booms.find((one) => one.laneId === laneId) ?? null
  }

  /** Call before the command: a boom that cannot be kept must not be raised. */
  raise(boom: RaisedBoom): void {
    this.become([...this.booms.filter(({ laneId }) => laneId !== boom.laneId), boom])
  }

  isDown(laneId: string): void {
    if (this.at(laneId) !== null) this.become(this.booms.filter((one) => one.laneId !== laneId))
  }

  private become(booms: readonly RaisedBoom[]): void {
    this.file.write(booms)
    this.booms = booms
    for (const changed of this.onChange) changed()
  }
}
