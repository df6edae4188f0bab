// Words of taking a device over and of testing one: holders, refusals, ends, big warnings.
// What a lane has to finish first comes from the runtime in its own words.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'

export const safety = {
  safety: {
    title: t('接管与测试', 'Take over, test'),
    none: t('没有可接管或测试的设备', 'There is no device to take over or to test'),
    noneWhy: t(
      '车道配置了天线或道闸后,会显示在这里。',
      'Antennas and barriers of the lanes appear here.',
    ),
    holders: t('由谁使用', 'Who uses them'),
    device: { rsu: t('天线', 'antenna'), barrier: t('道闸', 'barrier') },
    byLane: t('车道使用中', 'in use by the lane'),
    waiting: t('等待车道空闲', 'waits for the lane to be idle'),
    busy: {
      carInLane: t('车道里有车', 'a car is in the lane'),
      chargeUnknown: t('有一笔扣费结果未明', 'a charge is not known yet'),
      boomMoving: t('道闸正在动作', 'the boom moves'),
      trialRuns: t('新设置试运行中', 'a trial of settings runs'),
      testRuns: t('设备测试中', 'a test of the device runs'),
    },
    taken: t('已被接管', 'taken over'),
    mine: t('由本窗口接管', 'taken over by this window'),
    by: t('由 {by} · {program}', '{by} · {program}'),
    byPid: t('由 {by} · {program} (进程 {pid})', '{by} · {program} (process {pid})'),
    since: t('自 {time}', 'since {time}'),
    until: t('最迟 {time} 归还', 'back at {time} at the latest'),
    left: t('还剩 {time}', '{time} left'),
    take: t('接管…', 'Take over…'),
    takeTitle: t('接管{device}', 'Take over the {device}'),
    takeWhat: t(
      '车道交出{device},到时、归还或窗口关闭后自动收回。',
      'The lane hands the {device} over, and gets it back when you give it back, when its time is over or when this window is gone.',
    ),
    takeMeans: {
      rsu: t(
        '接管期间车辆不走 ETC,按人工处理。',
        'Meanwhile cars are handled without ETC, by hand.',
      ),
      barrier: t(
        '接管期间车道不能抬杆,车辆由人工放行;人工开闸也不起作用。',
        'Meanwhile the lane cannot lift the boom, not even by hand from here: let cars out at the gate.',
      ),
    },
    takeWait: t(
      '有车或扣费结果未明时不交出,最多等待 1 分钟。',
      'Never with a car in the lane or a charge unknown: it waits up to a minute for that.',
    ),
    takeDo: t('接管{device}', 'Take over the {device}'),
    minutes: t('时长', 'For'),
    min: t('{n} 分钟', '{n} min'),
    more: t('延长 10 分钟', '10 min more'),
    giveBack: t('归还车道', 'Give back'),
    endIt: t('结束接管…', 'End it…'),
    endTitle: t('结束 {by} 的接管', 'End the hold of {by}'),
    endWhat: t(
      '设备立即归还车道,对方的程序失去连接。',
      'The lane gets its device back at once, the other program loses its link.',
    ),
    endDo: t('结束接管', 'End the hold'),
    over: {
      released: t('已归还车道', 'Given back to the lane'),
      ended: t('接管被他人结束,设备已归还车道', 'Ended by somebody else, the lane has it again'),
      timeUp: t('时间到,设备已归还车道', 'Its time is up, the lane has it again'),
      silent: t('连接中断,设备已归还车道', 'The connection broke, the lane has it again'),
      died: t('接管的程序已退出,设备已归还车道', 'The program is gone, the lane has it again'),
      stillBusy: t(
        '车道一直没有空闲,没有交出',
        'The lane did not come to rest, nothing was handed over',
      ),
      restarted: t(
        '车道程序重新启动,设备已归还车道',
        'The runtime started anew, the lane has it again',
      ),
    },
    heldLane: {
      rsu: t(
        '天线由 {by} 接管调试 ({program}),车辆不走 ETC、按人工处理,最迟 {time} 归还',
        '{by} has the antenna for setting up ({program}): cars are handled without ETC, by hand, until {time} at the latest',
      ),
      barrier: t(
        '道闸由 {by} 接管调试 ({program}),车辆由人工放行,最迟 {time} 归还',
        '{by} has the barrier for setting up ({program}): let cars out at the gate, until {time} at the latest',
      ),
    },
    barrier: t('道闸状态', 'The barrier now'),
    position: t('杆位', 'Boom'),
    arrive: t('触发地感', 'Arrival loop'),
    under: t('防砸地感', 'Barrier loop'),
    loop: {
      on: t('有车', 'occupied'),
      off: t('无车', 'free'),
      unknown: t('未知(按有车处理)', 'unknown (counts as occupied)'),
    },
    disarmed: t(
      '配置已更改,停用中:只能人工开闸,不会落杆。核对接线后启用。',
      'Configured anew and disarmed: opens by hand only and never comes down. Check the wiring, then arm it.',
    ),
    disarmedLane: t(
      '道闸配置已更改:停用中,只能人工开闸;核对接线后由安装人员启用。',
      'The barrier was configured anew: it opens by hand only, until an installer has checked the wiring and armed it.',
    ),
    arm: t('启用道闸…', 'Arm the barrier…'),
    armTitle: t('启用道闸', 'Arm the barrier'),
    armWhat: t(
      '接线已核对:抬杆、落杆、限位和线圈都与配置一致。启用本身不会动杆。',
      'The wiring was checked: open, close, limits and loops are as configured. Arming moves nothing.',
    ),
    armDo: t('启用道闸', 'Arm the barrier'),
    tests: t('测试', 'Tests'),
    testsWhy: t(
      '测试中按任意键、点击或离开窗口都会立即停止。',
      'Any key, a click or leaving the window stops a test at once.',
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
        'Up to its limit; it does not come down by itself afterwards',
      ),
      close: t(
        '落到限位后停止;有人有车立即抬起',
        'Down to its limit; goes up at once if anyone is there',
      ),
      antenna: t(
        '短时打开天线,读到的 OBU 一律放过,不扣费',
        'On for a short time; nothing is charged',
      ),
      carrier: t('无调制载波', 'A carrier without modulation'),
    },
    refused: {
      running: t('另一项测试进行中', 'Another test is running'),
      laneBusy: t('车道里有车', 'A car is in the lane'),
      occupied: t('线圈上有车或人', 'A car or a person is on a loop'),
      notKnown: t('线圈状态未知,按有车处理', 'A loop is unknown, which counts as occupied'),
      deviceDown: t('设备不在线', 'The device does not answer'),
      disarmed: t('道闸停用中,先启用', 'The barrier is disarmed: arm it first'),
      noDevice: t('该车道没有这个设备', 'The lane has no such device'),
      held: t('设备已被接管', 'Somebody has taken the device over'),
      notOnDevice: t(
        '该设备没有已知的载波报文,不能测试',
        'Not on this device: no frame for it is known',
      ),
    },
    testTitle: t('测试:{kind}', 'Test: {kind}'),
    testMeans: {
      open: t(
        '道闸将立即抬起。确认杆臂周围无人。',
        'The boom goes up at once. Make sure that nobody stands near it.',
      ),
      close: t(
        '道闸将立即落下。确认杆下和周围无人无车。',
        'The boom comes down at once. Make sure that nobody is under or near it.',
      ),
      antenna: t('天线将开始发射。', 'The antenna begins to transmit.'),
      carrier: t('天线将开始发射。', 'The antenna begins to transmit.'),
    },
    testDo: t('开始:{kind}', 'Begin: {kind}'),
    runs: {
      open: t('正在抬杆', 'The boom is going up'),
      close: t('正在落杆', 'The boom is coming down'),
      antenna: t('天线正在发射', 'The antenna transmits'),
      carrier: t('载波发射中', 'The carrier is on'),
    },
    anyKey: t('按任意键停止', 'Any key stops it'),
    anyKeyWhy: t(
      '点击、切换窗口、断开连接或时间到,也会停止。',
      'So does a click, another window, a lost connection and the end of its time.',
    ),
    ended: t('上次测试({kind}):{end}', 'Last test ({kind}): {end}'),
    endedAt: t(
      '上次测试({kind}):{end} · 杆位{position}',
      'Last test ({kind}): {end} · boom {position}',
    ),
    end: {
      done: t('完成', 'done'),
      stopped: t('已停止', 'stopped'),
      silent: t('窗口失去联系,已停止', 'stopped, the window was not heard'),
      timeUp: t('时间到,已停止', 'stopped, its time was over'),
      occupied: t('有车或人,已中止', 'broken off, somebody came'),
      notKnown: t('线圈状态未知,已中止', 'broken off, a loop is unknown'),
      deviceDown: t('设备断线,已中止', 'broken off, the link was lost'),
      laneBusy: t('车道要用设备,已让出', 'broken off, the lane needed the device'),
    },
  },
}
