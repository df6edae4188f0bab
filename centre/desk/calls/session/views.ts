// The person at the page, and signing in.

export interface SessionView {
  readonly name: string
  /** The secret was made by the program and has to be changed first. */
  readonly oneTime: boolean
  /** Name of the screen that a person has left open here, which only looks; null: the person is there. */
  readonly wall: string | null
}

export interface SessionCalls {
  'session.begin': { args: { readonly name: string; readonly secret: string }; answer: SessionView }
  'session.get': { args: object; answer: SessionView }
  'session.end': { args: object; answer: null }
  'session.setSecret': {
    args: { readonly secret: string; readonly wanted: string }
    answer: SessionView
  }
}
