// A subject of the published interface: what the partners with one right may do. One file for each, with its shapes,
// operations and acts; protocol.ts lists them, and server, OpenAPI document and page are made from that list.
import type { z } from 'zod'
import type { PartnerRight } from '#base/pure/lot/published-members.ts'
import type { PartnerPorts } from '../ports/partner.ts'

export interface Operation {
  readonly method: 'GET' | 'PUT'
  /** With at most one member in braces. */
  readonly path: string
  readonly does: string
  readonly query?: z.ZodObject
  /** Names of shapes of the subject; absent: the request has no body. */
  readonly body?: string
  readonly answer: string
}

export interface Given {
  /** The member in the path; '' where the path has none. */
  readonly number: string
  readonly query: Readonly<Record<string, unknown>>
  /** The body in a shape. Throws ORDER-01. */
  read<S extends z.ZodType>(schema: S): z.infer<S>
}

/** Does an operation on the port of its right. Throws the code of a refusal. */
export type Act<Port> = (port: Port, given: Given) => unknown

export interface Subject {
  readonly right: PartnerRight
  /** Members in braces of the paths. */
  readonly pathMembers: Readonly<Record<string, z.ZodType>>
  /** Requests refuse members that they do not have; readers of an answer ignore them. */
  readonly schemas: Readonly<Record<string, z.ZodType>>
  readonly operations: Readonly<Record<string, Operation>>
  /** What the news tell of it: their names, and the members that they have. */
  readonly news: {
    readonly events: readonly string[]
    readonly members: Readonly<Record<string, z.ZodType>>
  }
}

/** The acts of a subject, each for an operation of it. */
export type ActsOf<S extends Subject> = Readonly<
  Record<keyof S['operations'], Act<NonNullable<PartnerPorts[S['right']]>>>
>
