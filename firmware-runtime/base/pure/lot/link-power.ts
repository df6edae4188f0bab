// Power and channel of an antenna as the parameters `power=` and `channel=` of its link: for an antenna that does not report
// its own.

interface Given {
  readonly powerStep?: number | undefined
  readonly channel?: number | undefined
}

/** The check of the lot refuses values that are not numbers. */
export function powerIn(url: string): Given {
  const said = (name: string): string | undefined =>
    new RegExp(`[?&]${name}=([^&]*)`).exec(url)?.[1]
  const [power, channel] = [said('power'), said('channel')]
  return {
    ...(power === undefined ? {} : { powerStep: Number(power) }),
    ...(channel === undefined ? {} : { channel: Number(channel) }),
  }
}

/** The link with these values in place of those it has. */
export function withPower(url: string, { powerStep, channel }: Given): string {
  const [place = '', query = ''] = url.split('?')
  const said = query.split('&').filter((pair) => pair !== '' && !/^(?:power|channel)=/.test(pair))
  const power = powerStep === undefined ? [] : [`power=${powerStep}`]
  const there = channel === undefined ? [] : [`channel=${channel}`]
  const all = [...said, ...power, ...there].join('&')
  return all === '' ? place : `${place}?${all}`
}
