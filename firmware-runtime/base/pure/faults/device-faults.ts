// Faults of setting devices up (settings, passwords, cameras), of tuning, presets and bundles, of taking a device over and
// testing it, and of looking at frames. Codes are never reused.
import { t, type FaultRow } from '../words/fault-text.ts'

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
      '首次接触时向天线写入了功率,之前的功率没有记录',
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
      '在开通的“车道设备”里填写相机的密码;运行中的车道十秒内自动采用',
      'Enter the password of the camera in the devices of the set-up; a running lane uses it within ten seconds',
    ),
    command: 'secret set --data DIR --name NAME',
  },
  'CAM-01': {
    what: t('相机不接受用户名或密码', 'The camera does not accept the user name or the password'),
    means: t(
      '没有车牌,车道等人工;不会反复尝试,以免账号被锁',
      'There are no plates and cars wait for a person; sign-in is not retried, so that the account is not locked',
    ),
    todo: t(
      '在开通的“车道设备”里核对相机的用户名,再填写密码',
      'Check the user name of the camera in the devices of the set-up, then enter its password',
    ),
    command: 'secret set --data DIR --name NAME',
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
      '核对相机的时间和时区,在相机里开启校时(NTP);与本机相差两分钟以内的相机,在一分钟以上的时间里识别三辆车后自动恢复',
      'Check time and time zone of the camera and switch its time service (NTP) on; a camera that is at most two minutes off is used again after three cars over at least a minute',
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
  'CAM-07': {
    what: t(
      '相机的车牌没有识别时间,或者读不懂它的时间',
      'A plate from the camera has no time, or a time that is not understood',
    ),
    means: t(
      '不知道是什么时候的车:该车牌不抬杆、不结束停车、不用名单和优惠;车道上的车走标签、票据或等人工',
      'Nothing shows when the car was there: the plate opens nothing, ends no stay and uses no list or pass; a car in the lane goes by its OBU or ticket, or waits for a person',
    ),
    todo: t(
      '在相机里核对时间格式并升级固件;把这里显示的时间原文发给技术支持',
      'Check the time format in the camera and update its firmware; send the time shown here to support',
    ),
  },
  'CAM-08': {
    what: t(
      '相机的时钟与本机相差两分钟以上,没有查询或心跳证实',
      'The clock of the camera differs from ours by more than two minutes, and no query or heartbeat confirms it',
    ),
    means: t(
      '分不清是时钟不准还是旧车牌:它的车牌不抬杆、不结束停车;车道上的车走标签、票据或等人工',
      'A wrong clock and an old plate look the same: its plates open nothing and end no stay; a car in the lane goes by its OBU or ticket, or waits for a person',
    ),
    todo: t(
      '把相机的时间和时区设对,并开启校时(NTP);设对后的第一辆车即恢复',
      'Set time and time zone of the camera and switch its time service (NTP) on; the first car after that is read again',
    ),
  },
  'CAM-12': {
    what: t(
      '相机推来的内容读不出车牌',
      'The camera pushes, but no plate can be read from what it sends',
    ),
    means: t(
      '推送已收到但没有采用:没有车牌,车道等人工',
      'Its pushes arrive and are not used: there are no plates and cars wait for a person',
    ),
    todo: t(
      '运行 doctor --push 看收到的请求头和原因,核对相机型号和推送格式',
      'Run doctor --push to see the header that came and the reason, then check camera model and push format',
    ),
    command: 'doctor --push LANE --data DIR',
  },
  'TUNE-01': {
    what: t('该设备正在调优或撤销', 'A tuning step or an undo is running on this device'),
    means: t('没有写入,当前步骤继续', 'Nothing was written; the present step continues'),
    todo: t('等它结束,或先停止', 'Wait until it is over, or stop it first'),
  },
  'TUNE-02': {
    what: t('没有可用的调优步骤', 'There is no such tuning step'),
    means: t('没有改动', 'Nothing was changed'),
    todo: t('先开始一步,或换一个目标', 'Start a step first, or choose another target'),
  },
  'TUNE-03': {
    what: t(
      '不能保留:新设置下还没有读到车',
      'The setting cannot be kept: no car has been read with it yet',
    ),
    means: t(
      '试运行继续,到时自动恢复',
      'The trial continues and is undone automatically when its time is up',
    ),
    todo: t('让测试车经过,或撤回', 'Drive a test car through, or undo the trial'),
  },
  'TUNE-04': {
    what: t('调优记录文件损坏', 'The tuning record file is damaged'),
    means: t(
      '设备保持现有设置,以前的步骤不能撤销',
      'The device keeps its present settings; earlier steps cannot be undone',
    ),
    todo: t('从备份恢复设置', 'Restore the settings from a backup'),
  },
  'TUNE-05': {
    what: t('没有这个预设', 'There is no such preset'),
    means: t('没有写入', 'Nothing was written'),
    todo: t('从天线设置的预设里选一个', 'Choose one of the presets in the settings of the antenna'),
    command: 'rsu preset list',
  },
  'TUNE-06': {
    what: t(
      '按测量文件,这个功率档会使表 D.1 第 5 项不合格',
      'According to the survey, this power step makes row 5 of table D.1 fail',
    ),
    means: t('没有写入,过车照旧', 'Nothing was written; cars pass as usual'),
    todo: t(
      '在注明的档位内选择,或先改天线角度并重测',
      'Choose a step in the range shown, or change the antenna angle and measure again first',
    ),
  },
  'TUNE-07': {
    what: t(
      '这个测量文件没有声明需求区,不能约束功率档',
      'The survey declares no needed area, so it cannot limit the power step',
    ),
    means: t('没有写入,过车照旧', 'Nothing was written; cars pass as usual'),
    todo: t(
      '另选一个声明了需求区的测量文件,或不按测量文件约束',
      'Choose a survey that declares a needed area, or do not limit the step by a survey',
    ),
  },
  'TUNE-08': {
    what: t(
      '另一车道的天线在试用期间读到了同一标签',
      'The antenna of another lane read the same OBU during the trial',
    ),
    means: t(
      '还没有保留;分不清读到的是本车道的车还是邻道的车',
      'Nothing was kept: it is not known whether the car stood in this lane or in the other one',
    ),
    todo: t(
      '先看邻道并做第 6 项;确认无误再勾选保留,否则撤回',
      'Look at the other lane and do row 6; confirm and keep only then, else undo the trial',
    ),
  },
  'WIRE-01': {
    what: t('抓包文件读不懂', 'The capture cannot be read'),
    means: t('没有回放,设备不受影响', 'Nothing was replayed; no device is affected'),
    todo: t('按所示行改正文件', 'Correct the line shown'),
  },
  'WIRE-02': {
    what: t('这一帧不在可手动发送之列', 'This frame cannot be sent by hand'),
    means: t('没有发送', 'Nothing was sent'),
    todo: t(
      '从列表中选择;设置请用写入流程',
      'Choose one from the list; use the settings page to write settings',
    ),
  },
  'WIRE-03': {
    what: t('设备现在不能接收手动帧', 'The device cannot accept a frame by hand now'),
    means: t(
      '没有发送,正在过车或未连接',
      'Nothing was sent: a car is passing or the device is not connected',
    ),
    todo: t('等车离开、设备上线后再试', 'Try again when the car has left and the device is online'),
  },
  'WIRE-04': {
    what: t('该车道没有这个可看报文的设备', 'The lane has no such device with a frame log'),
    means: t('没有影响', 'Nothing is affected'),
    todo: t('从列表中选择车道和设备', 'Choose the lane and the device from the list'),
  },
  'WIRE-05': {
    what: t('标记的字段不合抓到的帧', 'The marked fields do not fit the captured frames'),
    means: t('没有生成设备资料', 'No device profile was made'),
    todo: t('按所示改正标记', 'Correct the marks as shown'),
  },
  'HOLD-01': {
    what: t('设备已被接管', 'Somebody else has taken over this device'),
    means: t(
      '没有执行,现在的使用者不受影响',
      'Nothing was done; the person using the device now is not affected',
    ),
    todo: t(
      '等它归还,或由有权的人结束接管',
      'Wait until the device is returned, or ask a person with the right to end the hold',
    ),
  },
  'HOLD-02': {
    what: t('车道正忙,现在不能交出设备', 'The lane is busy and cannot hand the device over now'),
    means: t('没有接管,车道照常工作', 'The device was not taken over; the lane works as usual'),
    todo: t(
      '车辆离开、扣费结果明确后再试',
      'Try again when the car has left and the charge result is known',
    ),
  },
  'HOLD-03': {
    what: t('接管已经结束', 'The hold on the device has ended'),
    means: t('设备已归还车道', 'The device has been returned to the lane'),
    todo: t('需要时重新接管', 'Take it over again if you need it'),
  },
  'HOLD-04': {
    what: t('该设备不能接管', 'This device cannot be taken over'),
    means: t('没有改动', 'Nothing was changed'),
    todo: t(
      '选择有天线或道闸的车道;链路由几个设备共用时,先停车道程序再操作,或改为各用一条链路',
      'Choose a lane with an antenna or a barrier; if several devices share a link, stop the lane program first, or give each its own link',
    ),
  },
  'TEST-01': {
    what: t(
      '车道不能确认为空:状态未知按有车处理',
      'The lane cannot be confirmed as empty; an unknown state counts as occupied',
    ),
    means: t('测试没有开始,道闸没有动作', 'The test did not start; the barrier did not move'),
    todo: t(
      '确认车道无人无车、线圈在线后再试',
      'Make sure that the lane is clear of cars and people and the loops are online, then try again',
    ),
  },
  'TEST-02': {
    what: t('测试现在不能开始', 'The test cannot start now'),
    means: t('设备没有动作', 'The device took no action'),
    todo: t('按所示原因处理后再试', 'Deal with the reason shown, then try again'),
  },
  'TEST-03': {
    what: t('该设备没有这项测试', 'This device does not have this test'),
    means: t('没有发送任何报文', 'No frame was sent'),
    todo: t('使用该设备有的测试', 'Choose a test that this device has'),
  },
} as const satisfies Record<string, FaultRow>
