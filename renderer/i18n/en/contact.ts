// English words of a first contact: an antenna whose settings this computer does not know.
// What is not known is said before anything is written, and stays said where it was written over.
import type { Messages } from '../zh/index.ts'

export const contact: Pick<Messages, 'contact'> = {
  contact: {
    asksTitle: 'First contact: choose the power first',
    asks: 'This computer has no settings of this antenna, and the antenna does not tell its power. Nothing was written yet: the antenna keeps the power it has, and reads no cards so far.',
    asksWhat:
      'Once written, the antenna works with the power, channel and interval of the table; what it had is overwritten and cannot be found again. There is no trial, because there is nothing to go back to.',
    asksFrom:
      'Take the power from notes of the site, its passport or a settings file of the computer before; presets and backups below fill the table, too.',
    needPower: 'Fill in the transmit power step',
    listening: 'Listening for the antenna to tell its power; nothing was written yet',
    tellAdopted: 'Power and channel are what the antenna told; it was not changed',
    tellUnknown:
      'At first contact a power was written ({from}); what the antenna had before is unknown. Check the zone and the next lane.',
    origin: {
      adopted: 'told by the antenna at first contact',
      chosen: 'chosen by a person at first contact',
      link: 'written at first contact, from the link',
      backup: 'from the newest backup',
      profile: 'usual value of the profile, written at first contact, unknown before',
      default: 'usual value, written at first contact, unknown before',
    },
    origins: {
      link: 'as the link says',
      backup: 'of the newest backup',
      profile: 'usual value of the profile',
      default: 'the usual value',
    },
    writeWhy:
      'First contact: the settings that the antenna has now are not known and cannot be found out again. A backup that says so is made first. There is no trial: what is written stays.',
    write: 'Write',
    last: 'Written at first contact as a person said; what was before is unknown',
    nothing: 'not known',
  },
}
