// The door of a centre as a lot uses it (docs/centre.md): one connection, JSON answers, no redirects.

export interface DoorRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** `body`: what the JSON of the answer holds; undefined for any other answer. Status 0: no answer, and why. */
export type DoorAnswer =
  | { readonly status: 0; readonly why: string }
  | { readonly status: number; readonly body: unknown }

export interface CentreDoor {
  /** Never rejects. */
  send(request: DoorRequest): Promise<DoorAnswer>
  /** Requests under way are answered with status 0. */
  close(): Promise<void>
}
