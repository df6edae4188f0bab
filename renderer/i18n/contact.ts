// Words of a first contact: an antenna whose settings this computer does not know.
// What is not known is said before anything is written, and stays said where it was written over.
import { t } from '#base/pure/words/fault-text.ts'
export const contact = {
  asksTitle: t('首次接触:请先选定功率', 'First contact: choose the power first'),
  asks: t(
    '这台电脑没有这台天线的设置,天线也不会自报功率。现在还没有写入任何内容,天线保持原有功率,也还不读卡。',
    'This computer has no settings for this antenna, and the antenna does not report its power. Nothing has been written: the antenna keeps its power and does not read cards yet.',
  ),
  asksWhat: t(
    '写入后,天线按所填的功率、信道和间隔工作;原来的数值会被覆盖,找不回来。因为没有可退回的值,这次写入不试运行。',
    'After writing, the antenna uses the power, channel and interval entered; its old values are overwritten and lost. There is no trial, because there are no values to go back to.',
  ),
  asksFrom: t(
    '功率可取自现场记录、车道档案、原电脑上的备份文件,也可用下面的预设或备份填入表中。',
    'Take the power from site notes, the lane passport or a backup file of the former computer. The presets and backups below can also fill the table.',
  ),
  needPower: t('请填写发射功率档位', 'Fill in the transmit power step'),
  listening: t(
    '正在听天线自报功率,还没有写入任何内容',
    'Listening for the antenna to report its power; nothing has been written yet',
  ),
  tellAdopted: t(
    '功率和信道取自天线自报,没有改动它',
    'Power and channel were reported by the antenna; it was not changed',
  ),
  tellUnknown: t(
    '首次接触时写入了功率({from}),天线原来的功率没有记录。请核对通信区域和邻道。',
    "The power was written at first contact ({from}); the antenna's earlier power was not recorded. Check the zone and the neighbour lane.",
  ),
  origin: {
    adopted: t('首次接触时天线自报', 'reported by the antenna at first contact'),
    chosen: t('首次接触时由人选定', 'chosen by a person at first contact'),
    link: t('连接设置里写明,首次接触时写入', 'written at first contact, from the link'),
    backup: t('取自最近的备份', 'from the newest backup'),
    profile: t(
      '设备库中的常用值,首次接触时写入,之前未知',
      'usual value of the profile, written at first contact, unknown before',
    ),
    default: t(
      '常用值,首次接触时写入,之前未知',
      'usual value, written at first contact, unknown before',
    ),
  },
  origins: {
    link: t('连接设置里写明的值', 'stated in the link'),
    backup: t('最近的备份', 'from the newest backup'),
    profile: t('设备库中的常用值', 'usual value of the profile'),
    default: t('常用值', 'the usual value'),
  },
  writeWhy: t(
    '首次接触:不知道天线现有的功率,写入后找不回来。写入前先留一份说明此事的备份;不试运行,写入即保留。',
    "First contact: the antenna's present power is unknown and is lost once overwritten. A backup noting this is made first. There is no trial: what is written stays.",
  ),
  write: t('写入', 'Write'),
  last: t(
    '首次接触时按人选定的值写入,之前的值未知',
    'Written at first contact with values chosen by a person; the earlier values are unknown',
  ),
  nothing: t('之前的值未知', 'not known'),
}
