// Whether charges at a destination are applied for and then confirmed (5.2.3 d, P34).
import type { PlatformConfig } from '#base/pure/lot/config.ts'
import type { Dialect } from '../ports/dialect.ts'

/** As the destination says, else its province; never when the dialect does not support it. */
export const isTwoStep = (
  joined: Pick<PlatformConfig, 'twoStep'>,
  { consumption, rules }: Dialect,
): boolean => consumption !== undefined && (joined.twoStep ?? rules.consumption === 'twoStep')
