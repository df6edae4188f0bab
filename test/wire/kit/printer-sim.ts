// A simulated receipt printer in its own process: the printed paper, and the requests of its administration.
// Over TCP, or at any link that it can listen on.
import { expect } from 'vitest'
import { Program } from './live-program.ts'

interface Paper {
  readonly count: number
  readonly text: string
  readonly isCut: boolean
  readonly codes: readonly { readonly text: string; readonly dots: number }[]
  readonly widthDots: number
  readonly pngBase64: string
}

export class PrinterSim {
  private readonly program: Program
  private admin = ''
  link = ''
  constructor(listen = 'tcp://127.0.0.1:0', ...more: string[]) {
    this.program = new Program(['printer-sim', '--listen', listen, ...more])
  }
  async ready(): Promise<this> {
    const { endpoints } = await this.program.line(({ event }) => event === 'ready')
    Object.assign(this, endpoints)
    return this
  }
  async ask<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.admin}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    expect(answer.status).toBe(200)
    return (await answer.json()) as T
  }
  /** Text only: rendering takes a second in which the printer does not answer. */
  paper(): Promise<Paper> {
    return this.ask<Paper>('GET', '/paper?picture=no')
  }
  drawn(): Promise<Paper> {
    return this.ask<Paper>('GET', '/paper')
  }
}
