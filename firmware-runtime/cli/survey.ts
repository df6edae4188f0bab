// `etc-lane survey`: site surveys after appendix D of seed 001, from the command line.
// Each verb is a file of cli/survey/.
import { surveyClock } from './survey/clock.ts'
import { surveySignal } from './survey/signal.ts'
import { surveyLink } from './survey/link.ts'
import { checkAct, nameplateAct, photoAct } from './survey/check-acts.ts'
import { coverAct, signAct } from './survey/cover.ts'
import { compareAct } from './survey/compare.ts'
import { drawingAct, scaleAct } from './survey/drawing-acts.ts'
import { drawAct } from './survey/draw.ts'
import { mergeAct } from './survey/merge.ts'
import { surveyMeter } from './survey/meter.ts'
import { surveyReadings } from './survey/readings.ts'
import { repairAct } from './survey/repair.ts'
import { newAct } from './survey/new.ts'
import { citeAct, neighbourAct } from './survey/neighbour.ts'
import { reportAct, templateAct } from './survey/report.ts'
import { predictAct } from './survey/predict.ts'
import { proposeAct } from './survey/propose.ts'
import { addAct, showAct, undoAct } from './survey/record-acts.ts'
import { commandOf, shown } from './acts.ts'

export const surveyActs = [
  shown(
    [
      'survey new FILE --site S --lane L [--title T] [--grid d5-parking|d5-highway] [--access wire|mobile] [--trigger X,Y] [--needed LEFT,NEAR,RIGHT,FAR [--needed-reason TEXT]] [--origin X,Y] [--rule r0|r1|r2] [--uncertainty DB] [--neighbours X[,X]|none] [--number N] [--company C] [--address A] [--representative R] [--logo PNG] --by NAME',
    ],
    newAct,
  ),
  shown(['survey add FILE [--body JSON | --from FILE] --by NAME [--reason TEXT]'], addAct),
  shown(['survey undo FILE [--reason TEXT] --by NAME'], undoAct),
  shown(['survey show FILE'], showAct),
  shown(
    [
      'survey cover FILE [--number N] [--company C] [--address A] [--representative R] [--logo PNG|none] --by NAME',
    ],
    coverAct,
  ),
  shown(
    [
      'survey sign FILE [--role surveyor|witness|owner] --name NAME [--despite ITEM,ITEM --reason TEXT --who NAME] --by NAME',
    ],
    signAct,
  ),
  shown(
    [
      'survey check FILE [--item D1 --part NAME --answer yes|no|notApplicable [--remark TEXT] [--where TEXT]] [--height MM] [--down DEG] [--yaw DEG] [--deviation TEXT] [--by NAME]',
    ],
    checkAct,
  ),
  shown(
    [
      'survey photo FILE --picture FILE --item D1 --part NAME [--where TEXT] [--at X,Y] [--remark TEXT] --by NAME',
    ],
    photoAct,
  ),
  shown(
    [
      'survey nameplate FILE --model M [--serial S] [--approval NO] [--hardware V] [--profile VENDOR/MODEL [--data DIR]] --by NAME',
    ],
    nameplateAct,
  ),
  shown(['survey drawing FILE --picture FILE [--title T] --by NAME'], drawingAct),
  shown(
    [
      'survey scale FILE --known X1,Y1,X2,Y2,MM --check X1,Y1,X2,Y2,MM [--place X,Y,TOWARDS-X,TOWARDS-Y] --by NAME',
    ],
    scaleAct,
  ),
  shown(['survey repair FILE --out NEW --by NAME'], repairAct),
  shown(
    ['survey report FILE --out FILE [--format html|pdf|docx|xlsx] [--language zh|en]'],
    reportAct,
  ),
  shown(['survey template --out FILE'], templateAct),
  shown(['survey compare BEFORE AFTER [--beyond DB]'], compareAct),
  shown(['survey merge A B --out FILE'], mergeAct),
  shown(
    [
      'survey draw FILE [--lots A,B,C --source TEXT --due ISO [--party contractor|operator]] [--value TEXT] [--tested A,B] [--by NAME]',
    ],
    drawAct,
  ),
  shown(
    [
      'survey cite FILE --text TEXT | --from FILE --source TEXT --tries N --reads N [--field-max DBM] --by NAME',
    ],
    citeAct,
  ),
  shown(
    ['survey meter --link URL [--profile ID] [--samples N] [--hold MS] [--data DIR]'],
    surveyMeter,
  ),
  shown(
    [
      'survey neighbour [FILE --by NAME [--reason TEXT]] --antenna URL --own OBU,OBU ... [--neighbour OBU,OBU] [--rounds N] [--listen-ms N] [--stress-db N] [--state DIR]',
    ],
    neighbourAct,
  ),
  shown(
    [
      'survey readings --csv FILE --x NAME --y NAME --level NAME [--z NAME] [--time NAME] [--place-unit mm|m] [--unit dBm|dBuV/m --antenna-factor DB] | --csv FILE --profile VENDOR/MODEL [--antenna-factor DB] [--data DIR] [--into FILE --instrument ID --by NAME [--place lane|neighbour|background|drift] [--reason TEXT]]',
    ],
    surveyReadings,
  ),
  shown(
    [
      'survey predict --at X,Y --height MM --down DEG --yaw DEG --eirp DBM [--beam ACROSS,UP] [--grid d5-parking|d5-highway]',
    ],
    predictAct,
  ),
  shown(
    [
      'survey propose FILE [--at X,Y] [--antenna N] [--beam ACROSS,UP] [--step-max N] [--neighbour X,Y ...]',
    ],
    proposeAct,
  ),
  shown(
    [
      'survey link --peer HOST:PORT | --to HOST[:PORT]|https://HOST[:PORT] [--interface NAME] [--method auto|icmp|tcp|https] [--ca FILE] [--strict-certificate] [--count N] [--every-ms N] [--seconds N] [--streams N] [--mib-max N] [--clocks-within MS] [--survey FILE --by NAME [--reason TEXT]]',
    ],
    (args, io) => surveyLink.run(args, io),
  ),
  shown(
    [
      'survey clock [FILE --by NAME [--reason TEXT]] [--ntp HOST[:PORT] ...] [--gnss URL ...] [--pps PPSN] [--chrony] [--of lane|ruler] [--device KIND:NAME=URL ...] [--data DIR] [--count N] [--every SEC] [--within SEC]',
    ],
    (args, io) => surveyClock.run(args, io),
  ),
  shown(
    [
      'survey signal [FILE --by NAME [--reason TEXT]] --link URL [--dialect VENDOR/MODEL [--data DIR]] | --modem-manager [--modem N] [--count N] [--every SEC] [--within SEC]',
    ],
    (args, io) => surveySignal.run(args, io),
  ),
]

export const surveyCommand = commandOf('survey', surveyActs)
