"""From results.json to RESULTS.md and plots/*.svg. Nothing is measured here."""
import json
import math
import os
import statistics

BENCH = os.path.dirname(os.path.abspath(__file__))
# (what, section, ours, theirs, measure, at most); a measure is a key of summary().
GOALS = [
    ("cold call, HTTP: CPU to curl", "cold-http", "ours", "curl --aws-sigv4", "cpu", 0.15),
    ("cold call, HTTP: CPU to the AWS CLI", "cold-http", "ours", "AWS CLI 1.x", "cpu", 1 / 300),
    ("cold call, HTTPS: CPU to curl with the bundle", "cold-https", "ours", "curl, bundle", "cpu", 0.25),
    ("cold call, HTTPS: RSS to curl", "cold-https", "ours", "curl, bundle", "rss", 0.5),
    ("chain: CPU to the AWS CLI", "chain", "ours", "AWS CLI 1.x", "cpu", 1 / 200),
    ("chain: CPU to the JavaScript SDK", "chain", "ours", "JavaScript SDK v3", "cpu", 1 / 60),
    ("chain: CPU to the Go SDK", "chain", "ours", "Go SDK v2", "cpu", 1 / 5),
    ("chain: CPU to the Rust SDK", "chain", "ours", "Rust SDK", "cpu", 1 / 5),
    ("read, text: CPU to curl (stretch 1.5)", "read-get", "ours text", "curl", "slope", 2.0),
    ("read JSON in messages, text: CPU to curl", "read-json", "ours text", "curl", "slope", 2.0),
    ("read, HTTPS, text: CPU to curl", "read-https", "ours text", "curl", "slope", 1.3),
    ("read, text: CPU to JavaScript", "read-get", "ours text", "JavaScript SDK v3 text", "slope", 1 / 20),
    ("read, text: CPU to boto3", "read-get", "ours text", "boto3 text", "slope", 1 / 40),
    ("read, text: CPU to Go", "read-get", "ours text", "Go SDK v2 text", "slope", 1 / 3),
    ("read, text: CPU to Rust", "read-get", "ours text", "Rust SDK text", "slope", 1 / 3),
    ("filter, text: CPU to the AWS CLI's text", "read-filter", "ours text", "AWS CLI 1.x text", "slope", 1 / 80),
    ("streaming 2M events: RSS to curl", "read-get", "ours text", "curl", "rss", 0.5),
    ("streaming: RSS of 200 pages to RSS of 20", "read-get", "ours text", "ours text", "flat", 1.05),
]
SIGN_GOALS = [("sign, cached key: to its blocks", "cached_key", "floor", 1.3), ("sign: to aws4", "cached_key", "aws4", 1 / 15),
              ("sign: to botocore", "cached_key", "botocore", 1 / 40)]
DECODE_GOALS = {"short80": 1.5, "get": 1.5, "json400": 2.0, "stack2k": 1.5, "ja": 1.3}
MIB = 1 << 20


def middle(values):
    return statistics.median(values)


def spread(values, form="%.1f"):
    return (form + " (" + form + "..." + form + ")") % (middle(values), min(values), max(values))


def is_pair(samples):
    return isinstance(samples, dict)


def columns(section, name):
    """{measure: values by round} of one contestant."""
    samples = section["samples"][name]
    if not is_pair(samples):
        return {"cpu": [s[0] / 1e3 for s in samples], "wall": [s[1] / 1e3 for s in samples], "rss": [s[2] / 1024 for s in samples]}
    events = section["events"][name]
    difference = (events[1] - events[0]) / 1e6
    return {"slope": [(much[0] - little[0]) / 1e3 / difference for little, much in zip(samples["little"], samples["much"])],
            "wall": [s[1] / 1e3 for s in samples["much"]], "rss": [s[2] / 1024 for s in samples["much"]],
            "little": [s[2] / 1024 for s in samples["little"]]}


def ratio(section, ours, theirs, measure):
    """The median of the ratios round by round, or None."""
    if ours not in section["samples"] or theirs not in section["samples"]:
        return None
    if measure == "flat":
        one = columns(section, ours)
        return middle([a / b for a, b in zip(one["rss"], one["little"])])
    pairs = [(a, b) for a, b in zip(columns(section, ours)[measure], columns(section, theirs)[measure]) if b > 0]
    return middle([a / b for a, b in pairs]) if pairs else None


def ours_of(section, wanted):
    """'ours text' is the static file's row where there is one."""
    for name in ("crosslog static", "crosslog"):
        row = wanted.replace("ours", name)
        if row in section["samples"]:
            return row
    return ""


def fraction(value):
    return "%.2f" % value if value >= 0.05 else "1/%.0f" % (1 / value) if value > 0 else "0"


def table(head, rows):
    return ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)] + ["| " + " | ".join(row) + " |" for row in rows] + [""]


def stamp(section):
    quick = ", QUICK: too few rounds to trust" if section["quick"] else ""
    return "%s, revision %s, load %.1f at the start, %d s%s." % (section["date"], section["revision"], section["load"], section["seconds"], quick)


def race_tables(section):
    base = ours_of(section, section["base"]) or next(iter(section["samples"]), "")
    out = []
    pair = [name for name, samples in section["samples"].items() if is_pair(samples)]
    if pair:
        rows = []
        for name in pair:
            one, events = columns(section, name), section["events"][name]
            factor = ratio(section, name, base, "slope")
            rows.append([name, "%d -> %d" % tuple(section["pages"][name]), spread(one["slope"], "%.0f"), "%.2f" % factor if factor else "-",
                         "%.0f" % middle(one["wall"]), "%.1f" % (events[1] / 1e6), "%.1f -> %.1f" % (middle(one["little"]), middle(one["rss"]))])
        out += table(["", "pages", "CPU ms per 1M events (min...max)", "to " + base, "wall ms of the longer", "its M events", "RSS MiB"], rows)
    else:
        rows = []
        for name in section["samples"]:
            one = columns(section, name)
            rows.append([name, spread(one["cpu"]), "%.2f" % ratio(section, name, base, "cpu"), spread(one["wall"]),
                         "%.2f" % ratio(section, name, base, "wall"), "%.1f" % middle(one["rss"])])
        out += table(["", "CPU ms (min...max)", "CPU to " + base, "wall ms (min...max)", "wall to " + base, "RSS MiB"], rows)
    return out


def numbers_table(section):
    return table(section["head"], [["%.4g" % cell if isinstance(cell, float) else str(cell) for cell in row] for row in section["rows"]])


def growth_of(points):
    """The slope on logarithmic axes: 1 is linear."""
    xs, ys = [math.log(n) for n, _ in points], [math.log(value) for _, value in points]
    x, y = statistics.mean(xs), statistics.mean(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys)) / sum((a - x) ** 2 for a in xs)


def growth_table(section):
    rows = []
    for name, points in section["points"].items():
        steps = ["%.2f" % (b[1] / a[1]) for a, b in zip(points, points[1:])]
        rows.append([name, ", ".join("%d" % n for n, _ in points), ", ".join("%.4g" % value for _, value in points), ", ".join(steps),
                     "%.2f" % growth_of(points)])
    return table(["", "size", section["unit"], "each step of 10x costs x", "slope (1: linear)"], rows)


def goals(sections):
    rows = []

    def add(what, have, goal, at_least=False):
        if have is None:
            rows.append([what, "not measured", (">= " if at_least else "<= ") + fraction(goal), ""])
        else:
            met = have >= goal if at_least else have <= goal
            rows.append([what, fraction(have), (">= " if at_least else "<= ") + fraction(goal), "met" if met else "**missed**"])

    for what, name, ours, theirs, measure, goal in GOALS:
        section = sections.get(name)
        row = section and ours_of(section, ours)
        target = row if measure == "flat" else theirs
        add(what, ratio(section, row, target, measure) if row else None, goal)
    sign = sections.get("sign", {}).get("ns", {})
    for what, ours, theirs, goal in SIGN_GOALS:
        add(what, sign[ours] / sign[theirs] if ours in sign and theirs in sign else None, goal)
    decode = sections.get("decode", {}).get("ns", {})
    for corpus in decode or DECODE_GOALS:
        times = decode.get(corpus, {})
        theirs = [times[name] for name in ("on-demand", "on-demand-by-name") if name in times]
        add("decode %s: speed to the faster On-Demand" % corpus, min(theirs) / times["crosslog"] if theirs and "crosslog" in times else None,
            DECODE_GOALS.get(corpus, 0.95), at_least=True)
    size = sections.get("size", {}).get("bytes", {})
    add("binary: MiB", size["crosslog static"] / MIB if "crosslog static" in size else None, 4)
    return table(["goal", "measured", "wanted", ""], rows)


def plot(path, title, bars, unit):
    """Horizontal bars on a logarithmic axis; `bars` is [(name, value)]."""
    bars = [(name, value) for name, value in bars if value > 0]
    if not bars:
        return
    low = 10 ** math.floor(math.log10(min(value for _, value in bars)) - 0.01)
    high = 10 ** math.ceil(math.log10(max(value for _, value in bars)) + 0.01)
    left, width, row = 220, 460, 22
    height = 60 + row * len(bars)

    def x(value):
        return left + width * math.log10(value / low) / math.log10(high / low)

    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 780 %d" font-family="sans-serif" font-size="12">' % height,
           '<rect width="780" height="%d" fill="#fff"/>' % height, '<text x="10" y="20" font-size="14" font-weight="bold">%s</text>' % title]
    mark = low
    while mark <= high * 1.001:
        out.append('<line x1="%.1f" y1="30" x2="%.1f" y2="%d" stroke="#ddd"/><text x="%.1f" y="%d" text-anchor="middle" fill="#666">%g</text>'
                   % (x(mark), x(mark), height - 22, x(mark), height - 8, mark))
        mark *= 10
    out.append('<text x="775" y="%d" text-anchor="end" fill="#666">%s</text>' % (height - 8, unit))
    for i, (name, value) in enumerate(bars):
        y = 36 + row * i
        colour = "#c33" if name.startswith("crosslog") else "#58a"
        out.append('<text x="%d" y="%d" text-anchor="end">%s</text>' % (left - 6, y + 13, name.replace("&", "&amp;").replace("<", "&lt;")))
        out.append('<rect x="%d" y="%d" width="%.1f" height="16" fill="%s"/><text x="%.1f" y="%d">%.3g</text>'
                   % (left, y, max(1, x(value) - left), colour, x(value) + 4, y + 13, value))
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(out + ["</svg>", ""]))


def plots(sections):
    folder, made = os.path.join(BENCH, "plots"), []
    os.makedirs(folder, exist_ok=True)
    for old in os.listdir(folder):
        os.remove(os.path.join(folder, old))
    for name, section in sections.items():
        if section.get("samples"):
            measure = "slope" if any(is_pair(s) for s in section["samples"].values()) else "cpu"
            bars = [(row, middle(columns(section, row)[measure])) for row in section["samples"]]
            unit = "CPU ms per 1M events" if measure == "slope" else "CPU ms"
        elif name == "sign":
            bars, unit = [(row, ns / 1e3) for row, ns in section["ns"].items()], "CPU µs a signature"
        elif name == "size":
            bars, unit = [(row, size / MIB) for row, size in section["bytes"].items()], "MiB"
        elif name == "decode":
            for corpus, times in section["ns"].items():
                plot(os.path.join(folder, "decode-%s.svg" % corpus), "Decode: " + corpus,
                     [(row, section["size"][corpus] / ns) for row, ns in times.items()], "GB/s")
                made.append("decode-" + corpus)
            continue
        else:
            continue
        plot(os.path.join(folder, name + ".svg"), section["title"], bars, unit)
        made.append(name)
    return made


def write(results):
    sections = results["sections"]
    made = plots(sections)
    out = ["# Results", "",
           "Made by `scripts/bench` from results.json; each section says when and of which revision",
           "it was measured. Contestants run in rotation in one run, after their answers were",
           "compared with the reference; CPU time is user + system of the whole process. Ratios are",
           "medians of the ratios round by round, and what to trust. \"crosslog static\" is the file of",
           "the static build; the goals are for it, and judged by \"crosslog\", which loads shared",
           "libraries, in sections where it was not there.", ""]
    machine = results.get("machine")
    if machine:
        out += ["%s; %s cores, %s; %s." % (machine["cpu"], machine["cores"], machine["kernel"], machine["system"]), ""]
    out += ["## Goals", ""]
    out += goals(sections)
    for name, section in sections.items():
        out += ["## " + section["title"], "", "    scripts/bench " + name, "", stamp(section)] + ([""] + section["notes"] if section.get("notes") else []) + [""]
        if section.get("samples"):
            out += race_tables(section)
        if section.get("rows"):
            out += numbers_table(section)
        if section.get("points"):
            out += growth_table(section)
        if section.get("refused"):
            out += ["Not timed:", ""] + ["- %s: %s" % item for item in section["refused"].items()] + [""]
        out += ["![%s](plots/%s.svg)" % (section["title"], one) for one in made if one == name or one.startswith(name + "-")]
        if out[-1]:
            out.append("")
    if results.get("versions"):
        out += ["## Versions", ""] + ["- %s: %s" % item for item in results["versions"].items()] + [""]
    kept = os.path.join(BENCH, "kept.md")
    if os.path.exists(kept):
        with open(kept, encoding="utf-8") as file:
            out += file.read().splitlines() + [""]
    with open(os.path.join(BENCH, "RESULTS.md"), "w", encoding="utf-8") as file:
        file.write("\n".join(out).rstrip("\n") + "\n")


if __name__ == "__main__":
    with open(os.path.join(BENCH, "results.json"), encoding="utf-8") as results_file:
        write(json.load(results_file))
