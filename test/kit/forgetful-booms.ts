// Booms that tests raised, of a folder that keeps nothing over a restart.
import { RaisedBooms } from '#devices/hosts/raised-booms.ts'

export const forgetfulBooms = (): RaisedBooms =>
  new RaisedBooms({ read: () => [], write: () => undefined })
