# A second pricer, written from docs/tariffs.md alone: period by period, minutes looked up one by one.
# Reads lines of {"tariff", "stays": [[fromMs, toMs, class, colour, area], ...]}, answers lines of amounts.
import json
import sys
from datetime import date, datetime

MINUTE = 60_000
DAY = 1440 * MINUTE
KINDS = ("workday", "weekend", "holiday")


def local_day(t):
    """Number of the date of an instant at +08:00, and its beginning."""
    number = (t + 480 * MINUTE) // DAY
    return number, number * DAY - 480 * MINUTE


def kind_of(number, days):
    on = date.fromordinal(719_163 + number)
    if on.isoformat() in days["holidays"]:
        return "holiday"
    if on.isoformat() in days["workdays"]:
        return "workday"
    return "weekend" if on.isoweekday() > 5 else "workday"


def clock(text):
    return int(text[:2]) * 60 + int(text[3:])


def minutes_of_day(bands, kind):
    """Which band each minute of a kind of day is in; exactly one."""
    found = [[] for _ in range(1440)]
    for i, band in enumerate(bands):
        start, end = clock(band["from"]), clock(band["to"])
        for m in range(1440) if kind in band.get("days", KINDS) else ():
            if (start <= m < end) if end > start else (m >= start or m < end):
                found[m].append(i)
    return [only for (only,) in found]


def fits(when, vehicle_class, colour, area):
    if "classes" in when and vehicle_class not in when["classes"]:
        return False
    if "colours" in when and colour not in when["colours"]:
        return False
    if "areas" in when and area not in when["areas"]:
        return False
    if "newEnergy" in when:
        if colour == "unknown":
            return False
        return when["newEnergy"] == (colour in ("green", "yellowGreen"))
    return True


def run_end_after(t, minutes_of, leave):
    """The end of the run that an instant is in, minute for minute, or a later one than the exit."""
    number, midnight = local_day(t)
    minute = (t - midnight) // MINUTE
    band = minutes_of(number)[minute]
    while midnight + minute * MINUTE < leave:
        minutes = minutes_of(number)
        while minute < 1440 and minutes[minute] == band:
            minute += 1
        if minute < 1440:
            break
        number, midnight, minute = number + 1, midnight + DAY, 0
    return min(leave, midnight + minute * MINUTE)


def block_cap(caps, block):
    later = caps.get("later24hFen", [])
    if block == 0 or not later:
        return caps.get("day24hFen")
    return later[min(block, len(later)) - 1]


def ordinary(plan, minutes_of, entry, start, leave):
    bands, caps, tail = plan["bands"], plan["caps"], plan.get("tailMin", 0) * MINUTE
    counts, spent = {}, {}
    run, run_end, last_day, total, t = 0, start, None, 0, start
    flat_due, daily, block = True, plan["stepsRestart"] == "24h", 0
    while t < leave:
        if t > start and leave - t <= tail:
            break
        number, midnight = local_day(t)
        if daily and (t - entry) // DAY != block:
            block, counts, flat_due, run_end = (t - entry) // DAY, {}, True, t
            rest = min(leave, entry + (block + 1) * DAY) - t
            if plan.get("freeEach24h"):
                if rest <= plan["freeMin"] * MINUTE:
                    t += rest
                    continue
                if not plan["freeMinutesCounted"]:
                    t += plan["freeMin"] * MINUTE
                    if plan["freeMin"]:
                        run_end = t
                        continue
        limit = entry + (block + 1) * DAY if daily else leave + 4000 * DAY
        band = minutes_of(number)[(t - midnight) // MINUTE]
        if t >= run_end:
            run, run_end = run + 1, min(limit, run_end_after(t, minutes_of, leave))
            if plan["stepsRestart"] == "run":
                counts, flat_due = {}, True
        if last_day != number and plan["stepsRestart"] == "day":
            counts, flat_due = {}, True
        last_day = number
        rule = bands[band]
        last, flat = limit, flat_due and "first" in plan
        if flat:
            fen, following = plan["first"]["fen"], t + plan["first"]["min"] * MINUTE
        elif "visitFen" in rule:
            fen, following = rule["visitFen"], run_end
        else:
            nth = counts.get(band, 0)
            counts[band] = nth + 1
            for step in rule["steps"]:
                if "times" not in step or nth < step["times"]:
                    break
                nth -= step["times"]
            fen, following = step["fen"], t + step["min"] * MINUTE
            if plan.get("periodsEndWithBand"):
                last = min(limit, run_end)
        timed = flat or "visitFen" not in rule
        if timed and plan.get("wholePeriods") and following > min(last, leave):
            if not flat:
                counts[band] -= 1
            t, flat_due = min(last, leave), False
            continue
        over = [
            (("run", run), rule.get("capFen")),
            (("day", number), caps.get("dayFen")),
            (("24h", (t - entry) // DAY), block_cap(caps, (t - entry) // DAY)),
            ("stay", caps.get("stayFen")),
        ]
        for key, cap in over:
            if cap is not None:
                fen = min(fen, cap - spent.get(key, 0))
        for key, _ in over:
            spent[key] = spent.get(key, 0) + fen
        total, t, flat_due = total + fen, min(following, last), False
    return total


def package_price(plan, days, entry, leave):
    number, midnight = local_day(entry)
    prices = []
    for p in plan.get("packages", []):
        out = midnight + p["leaveAfterDays"] * DAY
        enters = clock(p["enterFrom"]) <= (entry - midnight) / MINUTE < clock(p["enterTo"])
        leaves = clock(p["leaveFrom"]) <= (leave - out) / MINUTE < clock(p["leaveTo"])
        if enters and leaves and kind_of(number, days) in p.get("days", KINDS):
            prices.append(p["fen"])
    return min(prices, default=None)


def price(tariff, tables, entry, leave, *vehicle):
    if tariff["use"] == "nonCommercial":
        return 0
    decides = entry if tariff["decidedBy"] == "entry" else leave
    for edition in tariff["editions"]:
        valid = edition.get("validFrom")
        if valid is None or datetime.fromisoformat(valid).timestamp() * 1000 <= decides:
            chosen = edition
    plan = next(p for p in chosen["plans"] if "when" not in p or fits(p["when"], *vehicle))
    free_end = entry + plan["freeMin"] * MINUTE
    if leave <= free_end:
        return 0

    def minutes_of(number):
        if (id(plan), number) not in tables:
            kind = kind_of(number, tariff["days"])
            if (id(plan), kind) not in tables:
                tables[id(plan), kind] = minutes_of_day(plan["bands"], kind)
            tables[id(plan), number] = tables[id(plan), kind]
        return tables[id(plan), number]

    start = entry if plan["freeMinutesCounted"] else free_end
    fen = ordinary(plan, minutes_of, entry, start, leave)
    package = package_price(plan, tariff["days"], entry, leave)
    return fen if package is None else min(fen, package)


for line in sys.stdin:
    work, tables = json.loads(line), {}
    print(json.dumps([price(work["tariff"], tables, *stay) for stay in work["stays"]]))
