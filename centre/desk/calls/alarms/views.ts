// Where alarms go: ways of mail and webhook, and the mail server.

export interface WayView {
  readonly wayId: string
  readonly kind: 'mail' | 'webhook'
  readonly address: string
  /** After the begin of a matter that nobody has taken. */
  readonly afterS: number
  /** Of the last try, and why it failed (empty: it did not); null: none yet. */
  readonly last: { readonly atMs: number; readonly why: string } | null
}

export interface MailView {
  readonly host: string
  readonly port: number
  readonly tls: 'tls' | 'starttls' | 'none'
  /** Empty: without an account. */
  readonly user: string
  readonly from: string
}

export interface AlarmsCalls {
  /** `mail`: null until it is set. `hasPassword`: one is kept; no call gives it out. */
  'alarms.list': {
    args: object
    answer: {
      readonly ways: readonly WayView[]
      readonly mail: MailView | null
      readonly hasPassword: boolean
    }
  }
  /** `secret`: of a webhook, given out this once; null: of mail. Throws CENTRE-41, CENTRE-42. */
  'alarms.addWay': {
    args: Pick<WayView, 'kind' | 'address' | 'afterS'>
    answer: { readonly wayId: string; readonly secret: string | null }
  }
  'alarms.removeWay': { args: { readonly wayId: string; readonly reason: string }; answer: null }
  /** `password`: empty keeps the present one. Throws CENTRE-41, CENTRE-43, CENTRE-44. */
  'alarms.setMail': { args: MailView & { readonly password: string }; answer: null }
  /** Sends a real one; `answer` is what the server said. */
  'alarms.test': {
    args: { readonly wayId: string }
    answer: { readonly isTaken: boolean; readonly answer: string }
  }
}
