// Words of taking a device over and of testing one: holders, refusals, ends, big warnings.
// What a lane has to finish first comes from the runtime in its own words.
import { t } from '#base/pure/words/fault-text.ts'

export const safety = {
  none: t('没有可接管或测试的设备', 'No devices to take over or test'),
  noneWhy: t(
    '车道配置了天线或道闸后,会显示在这里。',
    'Antennas and barriers appear here once lanes have them.',
  ),
  holders: t('由谁使用', 'Who uses them'),
  device: { rsu: t('天线', 'antenna'), barrier: t('道闸', 'barrier') },
  byLane: t('车道使用中', 'in use by the lane'),
  waiting: t('等待车道空闲', 'waiting for the lane to be idle'),
  busy: {
    carInLane: t('车道里有车', 'a car is in the lane'),
    chargeUnknown: t('有一笔扣费结果未明', 'a charge result is unknown'),
    boomMoving: t('道闸正在动作', 'the boom is moving'),
    trialRuns: t('新设置试运行中', 'new settings are on trial'),
    testRuns: t('设备测试中', 'a device test is running'),
  },
  taken: t('已被接管', 'taken over'),
  mine: t('由本窗口接管', 'taken over by this window'),
  by: t('由 {by} · {program}', '{by} · {program}'),
  byPid: t('由 {by} · {program} (进程 {pid})', '{by} · {program} (process {pid})'),
  since: t('自 {time}', 'since {time}'),
  until: t('最迟 {time} 归还', 'to be returned by {time}'),
  left: t('还剩 {time}', '{time} left'),
  take: t('接管…', 'Take over…'),
  takeTitle: t('接管{device}', 'Take over the {device}'),
  takeWhat: t(
    '车道交出{device},到时、归还或窗口关闭后自动收回。',
    'The lane hands over the {device} and gets it back when you return it, when the time is up or when this window closes.',
  ),
  takeMeans: {
    rsu: t(
      '接管期间车辆不走 ETC,按人工处理。',
      'During this time cars are handled manually, without ETC.',
    ),
    barrier: t(
      '接管期间车道不能抬杆,车辆由人工放行;人工开闸也不起作用。',
      'During this time the lane cannot raise the boom, nor can you from here: let cars through by hand at the gate.',
    ),
  },
  takeWait: t(
    '有车或扣费结果未明时不交出,最多等待 1 分钟。',
    'Not handed over while a car is in the lane or a charge result is unknown: waits up to 1 minute.',
  ),
  takeDo: t('接管{device}', 'Take over the {device}'),
  minutes: t('时长', 'For'),
  min: t('{n} 分钟', '{n} min'),
  more: t('延长 10 分钟', 'Add 10 min'),
  giveBack: t('归还车道', 'Return to the lane'),
  endIt: t('结束接管…', 'End the takeover…'),
  over: {
    released: t('已归还车道', 'Given back to the lane'),
    ended: t('接管被他人结束,设备已归还车道', 'Ended by someone else, returned to the lane'),
    timeUp: t('时间到,设备已归还车道', 'Time is up, returned to the lane'),
    silent: t('连接中断,设备已归还车道', 'Connection lost, returned to the lane'),
    died: t('接管的程序已退出,设备已归还车道', 'The program exited, returned to the lane'),
    stillBusy: t(
      '车道一直没有空闲,没有交出',
      'The lane never became idle; nothing was handed over',
    ),
    restarted: t(
      '车道程序重新启动,设备已归还车道',
      'The lane program restarted, returned to the lane',
    ),
  },
  heldLane: {
    rsu: t(
      '天线由 {by} 接管调试 ({program}),车辆不走 ETC、按人工处理,最迟 {time} 归还',
      '{by} has taken over the antenna to adjust it ({program}): cars are handled manually without ETC, until {time} at the latest',
    ),
    barrier: t(
      '道闸由 {by} 接管调试 ({program}),车辆由人工放行,最迟 {time} 归还',
      '{by} has taken over the barrier to adjust it ({program}): let cars through by hand, until {time} at the latest',
    ),
  },
  barrier: t('道闸状态', 'Barrier state'),
  position: t('杆位', 'Boom'),
  arrive: t('触发地感', 'Arrival loop'),
  under: t('防砸地感', 'Barrier loop'),
  loop: {
    on: t('有车', 'occupied'),
    off: t('无车', 'free'),
    unknown: t('未知(按有车处理)', 'unknown (treated as occupied)'),
  },
  disarmed: t(
    '配置已更改,停用中:只能人工开闸,不会落杆。核对接线后启用。',
    'Configuration changed, disarmed: opens by hand only and never comes down. Check the wiring, then arm it.',
  ),
  disarmedLane: t(
    '道闸配置已更改:停用中,只能人工开闸;核对接线后由安装人员启用。',
    'The barrier configuration was changed: it opens by hand only until an installer has checked the wiring and armed it.',
  ),
  arm: t('启用道闸…', 'Arm the barrier…'),
  tests: t('测试', 'Tests'),
  testsWhy: t(
    '测试中按任意键、点击或离开窗口都会立即停止。',
    'Pressing any key, clicking or leaving the window stops a test at once.',
  ),
  kind: {
    open: t('抬杆', 'Open'),
    close: t('落杆', 'Close'),
    antenna: t('天线发射', 'Antenna on'),
    carrier: t('连续载波', 'Carrier'),
  },
  kindWhy: {
    open: t(
      '抬到限位后停止,之后不会自动落杆',
      'Rises to its limit and stops; it does not come down by itself',
    ),
    close: t(
      '落到限位后停止;有人有车立即抬起',
      'Comes down to its limit and stops; goes up at once if a car or person is there',
    ),
    antenna: t(
      '短时打开天线,读到的 OBU 一律放过,不扣费',
      'Switched on briefly; all OBUs read are released, nothing is charged',
    ),
    carrier: t('无调制载波', 'Carrier without modulation'),
  },
  refused: {
    running: t('另一项测试进行中', 'Another test is running'),
    laneBusy: t('车道里有车', 'A car is in the lane'),
    occupied: t('线圈上有车或人', 'A car or a person is on a loop'),
    notKnown: t('线圈状态未知,按有车处理', 'A loop state is unknown and is treated as occupied'),
    deviceDown: t('设备不在线', 'The device does not answer'),
    disarmed: t('道闸停用中,先启用', 'The barrier is disarmed: arm it first'),
    noDevice: t('该车道没有这个设备', 'The lane has no such device'),
    held: t('设备已被接管', 'The device has been taken over'),
    notOnDevice: t(
      '该设备没有已知的载波报文,不能测试',
      'Not possible: no carrier frame is known for this device',
    ),
  },
  testTitle: t('测试:{kind}', 'Test: {kind}'),
  testMeans: {
    open: t(
      '道闸将立即抬起。确认杆臂周围无人。',
      'The boom will rise at once. Make sure no person is near it.',
    ),
    close: t(
      '道闸将立即落下。确认杆下和周围无人无车。',
      'The boom will come down at once. Make sure that no person or car is under or near it.',
    ),
    antenna: t('天线将开始发射。', 'The antenna will start transmitting.'),
    carrier: t('天线将开始发射。', 'The antenna will start transmitting.'),
  },
  testDo: t('开始:{kind}', 'Begin: {kind}'),
  runs: {
    open: t('正在抬杆', 'The boom is going up'),
    close: t('正在落杆', 'The boom is coming down'),
    antenna: t('天线正在发射', 'The antenna is transmitting'),
    carrier: t('载波发射中', 'The carrier is on'),
  },
  anyKey: t('按任意键停止', 'Press any key to stop'),
  anyKeyWhy: t(
    '点击、切换窗口、断开连接或时间到,也会停止。',
    'A click, switching windows, a lost connection or the end of the time also stops it.',
  ),
  ended: t('上次测试({kind}):{end}', 'Last test ({kind}): {end}'),
  endedAt: t(
    '上次测试({kind}):{end} · 杆位{position}',
    'Last test ({kind}): {end} · boom {position}',
  ),
  end: {
    done: t('完成', 'done'),
    stopped: t('已停止', 'stopped'),
    silent: t('窗口失去联系,已停止', 'stopped, no contact with the window'),
    timeUp: t('时间到,已停止', 'stopped, time is up'),
    occupied: t('有车或人,已中止', 'aborted, car or person present'),
    notKnown: t('线圈状态未知,已中止', 'aborted, loop state unknown'),
    deviceDown: t('设备断线,已中止', 'aborted, connection lost'),
    laneBusy: t('车道要用设备,已让出', 'stopped, the lane needed the device'),
  },
}
