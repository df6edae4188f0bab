// Faults of setting devices up: settings, passwords, cameras. Rows of the one table in faults.ts.
// Codes are never reused.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

export const deviceFaults = {
  'SET-01': {
    what: t('设置值不能写入设备', 'A setting cannot be written to the device'),
    means: t('没有写入,设备保持原设置', 'Nothing was written; the device keeps its settings'),
    todo: t('改为允许的值', 'Choose a value that is allowed'),
  },
  'SET-02': {
    what: t('该设备正在试运行新设置', 'A trial of new settings is running on this device'),
    means: t('没有写入,试运行继续', 'Nothing was written; the trial continues'),
    todo: t('等试运行结束,或先撤回', 'Wait until the trial is over, or undo it first'),
  },
  'SET-03': {
    what: t('没有需要改动的设置', 'There is nothing to change'),
    means: t('没有写入', 'Nothing was written'),
    todo: t('先修改一个值', 'Change a value first'),
  },
  'SET-04': {
    what: t(
      '该车道没有这个设备,或它没有可写的设置',
      'The lane has no such device, or the device has no settings to write',
    ),
    means: t('没有写入', 'Nothing was written'),
    todo: t('选择有天线的车道', 'Choose a lane with an antenna'),
  },
  'SET-05': {
    what: t('设备设置文件损坏', 'The settings file of a device is damaged'),
    means: t(
      '天线按最近的备份或默认设置运行',
      'The antenna runs on the newest backup or on the default settings',
    ),
    todo: t('核对设置后重新写入', 'Check the settings and write them again'),
  },
  'SET-06': {
    what: t('没有这个备份', 'There is no such backup'),
    means: t('没有改动', 'Nothing was changed'),
    todo: t('从列表中选择', 'Choose one from the list'),
  },
  'SET-07': {
    what: t(
      '这台电脑不知道天线原来的功率,天线自己也还没有报出',
      'This computer does not know the power of the antenna, and the antenna has not reported it',
    ),
    means: t(
      '没有写入任何内容,天线保持原有设置;读卡要等到功率确定之后',
      'Nothing was written and the antenna keeps its settings; cards are read once the power is known',
    ),
    todo: t(
      '选定功率档位后写入:设置页直接填写,或用 rsu apply --set powerStep=N,或在链路后加 power=N',
      'Choose the power step and write it: on the settings page, with rsu apply --set powerStep=N, or as power=N in the link',
    ),
  },
  'SET-08': {
    what: t(
      '首次接触时向天线写入了功率,之前的功率无人知道',
      'At first contact a power was written to the antenna; its earlier power is not known',
    ),
    means: t(
      '车道照常收费;通信区域可能与原来不同',
      'The lane charges as usual; its communication zone may differ from before',
    ),
    todo: t(
      '核对区域和邻道,需要时在设置页试运行新功率;更换电脑时可在链路里写明 power=N',
      'Check the zone and the neighbour lane, and try another power on the settings page if needed; when you replace a computer, you can put power=N in the link',
    ),
  },
  'SET-09': {
    what: t(
      '天线固件已变,有设置不能按型号档案换算',
      'The antenna firmware changed, and the profile cannot convert a setting for it',
    ),
    means: t(
      '旧数值没有用于通信,已留备份;该设置改用常用值,或等人选定',
      'The old value is not used for communication and is kept in a backup; the default value is used, or a person must choose one',
    ),
    todo: t('在设置页核对后写入', 'Check the settings on the settings page and write them'),
  },
  'SET-10': {
    what: t(
      '天线被意外中断的程序留在搜索状态,现已关回',
      'A program that was interrupted had left the antenna searching; the search is switched off now',
    ),
    means: t(
      '中断期间天线可能读到邻道车辆的标签,没有扣费',
      'In that time the antenna may have read OBUs in the neighbour lane; nothing was charged',
    ),
    todo: t('重新运行被中断的测试', 'Run the interrupted test again'),
  },
  'SECRET-01': {
    what: t('没有所指的密码', 'The password named in the link is not set'),
    means: t('该设备不可用,车道降级运行', 'The device is unavailable; the lane runs degraded'),
    todo: t(
      '运行 etc-lane secret set,运行中的车道十秒内自动采用',
      'Run etc-lane secret set; a running lane uses it within ten seconds',
    ),
  },
  'CAM-01': {
    what: t('相机不接受用户名或密码', 'The camera does not accept the user name or the password'),
    means: t(
      '没有车牌,车道等人工;不会反复尝试,以免账号被锁',
      'There are no plates and cars wait for a person; sign-in is not retried, so that the account is not locked',
    ),
    todo: t(
      '核对链路里的 user,再用 etc-lane secret set 写入密码',
      'Check the user in the link, then set the password with etc-lane secret set',
    ),
  },
  'CAM-02': {
    what: t(
      '相机可能自行开闸(ctrlMod 不是 1)',
      'The camera may open the barrier by itself (ctrlMod is not 1)',
    ),
    means: t(
      '不采用该相机,否则车辆可能未付费离场',
      'The camera is not used: cars could leave without paying',
    ),
    todo: t(
      '在相机的出入口参数里改为平台控制(ctrlMod 1)',
      'In the entrance and exit parameters of the camera, choose platform control (ctrlMod 1)',
    ),
  },
  'CAM-03': {
    what: t('设备不支持链路所写的方式', 'The device does not support the method named in the link'),
    means: t('没有车牌,车道等人工', 'There are no plates; cars wait for a person'),
    todo: t(
      '核对型号、端口和所需服务,并启用 Digest 认证',
      'Check the model, the port and the services, and switch Digest authentication on',
    ),
  },
  'CAM-04': {
    what: t(
      '相机推送到的地址不完整或已失效',
      'The camera pushes to an address that is incomplete or no longer valid',
    ),
    means: t(
      '推送被拒收:没有车牌,车道等人工',
      'Its pushes are refused: there are no plates and cars wait for a person',
    ),
    todo: t(
      '在「设备 · 查找」页复制该车道的完整推送地址,填入相机',
      'Copy the complete push address of the lane from the find page into the camera',
    ),
  },
  'CAM-05': {
    what: t(
      '相机送来的车牌不是现在识别的,或者识别时间无法核对',
      'A plate from the camera was not read just now, or the time of the reading cannot be checked',
    ),
    means: t(
      '该车牌不抬杆、不结束停车;车道上的车按未识别车牌处理,出口等人工,入口留照片放行,本机时钟不可信时也等人工',
      'That plate opens nothing and ends no stay; a car in the lane counts as unread: at the exit it waits for a person, at the entry it is let in with its photo, or waits too while the clock of this machine is in doubt',
    ),
    todo: t(
      '核对相机的时间和时区,在相机里开启校时(NTP);时钟走得均匀的相机,在一分钟以上的时间里识别三辆车后自动恢复',
      'Check time and time zone of the camera and switch its time service (NTP) on; a camera whose clock runs evenly is used again after three cars over at least a minute',
    ),
  },
  'CAM-06': {
    what: t(
      '还没有选定网卡,或还没有允许这台相机推送',
      'No network card is chosen, or this camera may not push yet',
    ),
    means: t(
      '相机的推送会被拒收;没有测试,什么也没有改',
      'Its pushes would be refused. Nothing was tested and nothing was changed',
    ),
    todo: t(
      '先在“相机推送到本机”里选网卡,再在“允许推送的相机 IP”里填这台相机的 IP',
      'First choose the card under "Cameras push to this computer", then enter the IP of this camera under "IP of cameras that may push"',
    ),
  },
} as const satisfies Record<string, FaultRow>
