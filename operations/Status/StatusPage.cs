using System.Globalization;
using System.Net;
using System.Text;

namespace AppStack.Operations.Status;

/// <summary>Draws the map as one page: styles and pictures are in it, nothing is fetched, and it needs no script.</summary>
public static class StatusPage
{
    /// <summary>Renders the page.</summary>
    /// <param name="map">The map.</param>
    /// <param name="reload">After what time a browser looks for a newer one; <see langword="null"/>: never.</param>
    /// <returns>HTML.</returns>
    public static string Render(StatusMap map, TimeSpan? reload = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        var text = new StringBuilder($$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">{{(reload is { } time ? Invariant($"\n<meta http-equiv=\"refresh\" content=\"{time.TotalSeconds:0}\">") : "")}}
            <title>{{Html(map.Environment)}}: {{Html(StatusWords.Verdict(map))}}</title>
            <link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='7' fill='{{IconColour(map.State)}}'/%3E%3C/svg%3E">
            <style>
            {{Style}}
            </style>
            </head>
            <body>
            {{Symbols}}
            <a class="skip" href="#way">To the map</a>
            <header>
            <h1>{{Html(map.Environment)}}</h1>
            <p class="verdict">{{Pill(map.State)}} <strong>{{Html(StatusWords.Verdict(map))}}</strong></p>
            <p class="quiet">{{(map.Description.Length == 0 ? "" : $"{Html(map.Description)}. ")}}Seen {{Html(StatusWords.Seen(map))}}.</p>
            </header>

            """);
        Wrong(text, map);
        text.Append("<div class=\"map\">\n<main id=\"way\" aria-labelledby=\"way-title\">\n<h2 id=\"way-title\">The way of a request</h2>\n<ol class=\"stages\">\n");
        foreach (var (stage, i) in map.Way.Select((stage, i) => (stage, i)))
        {
            Stage(text, stage, i > 0);
        }

        text.Append("</ol>\n</main>\n");
        if (!map.Beside.IsEmpty)
        {
            text.Append("<aside aria-labelledby=\"beside-title\">\n<h2 id=\"beside-title\">Beside it</h2>\n<ol class=\"stages\">\n");
            foreach (var stage in map.Beside)
            {
                Stage(text, stage, arrow: false);
            }

            text.Append("</ol>\n</aside>\n");
        }

        return text.Append($$"""
            </div>
            <footer>
            <ul class="legend" aria-label="What the states mean">
            <li>{{Pill(StatusState.Ok)}} as it should be</li>
            <li>{{Pill(StatusState.Warning)}} works, look in working hours</li>
            <li>{{Pill(StatusState.Off)}} not as it should be</li>
            <li>{{Pill(StatusState.Unknown)}} nobody looks</li>
            </ul>
            <p class="quiet">Written by <code>appstack status {{Html(map.Environment)}} --html</code>, which looks at every node as <code>appstack verify</code> does and asks monitoring for alerts.</p>
            </footer>
            </body>
            </html>

            """).ToString();
    }

    private static void Wrong(StringBuilder text, StatusMap map)
    {
        var all = map.Problems.DistinctBy(found => (found.Problem.Name, found.Problem.Detail)).OrderByDescending(found => found.Problem.State).ToList();
        if (all.Count == 0)
        {
            return;
        }

        text.Append("<section class=\"wrong\" aria-labelledby=\"wrong-title\">\n<h2 id=\"wrong-title\">What is wrong</h2>\n<ul>\n");
        foreach (var (where, box, problem) in all)
        {
            text.Append(Invariant($"<li class=\"{StatusWords.Of(problem.State)}\">{Pill(problem.State)} {(box is null ? $"<strong>{Html(where)}</strong>" : $"<a href=\"#{Id(box)}\">{Html(where)}</a>")} {Problem(problem)}</li>\n"));
        }

        text.Append("</ul>\n</section>\n");
    }

    private static void Stage(StringBuilder text, StatusStage stage, bool arrow)
    {
        text.Append(Invariant($"<li class=\"stage\">\n{(arrow ? $"<p class=\"arrow\"><svg viewBox=\"0 0 24 40\" aria-hidden=\"true\"><path d=\"M12 0V34M4 27l8 9 8-9\"/></svg><span>{Html(stage.Way)}</span></p>\n" : "")}"));
        text.Append(Invariant($"<h3>{Html(stage.Title)}</h3>\n"));
        if (!stage.Problems.IsEmpty)
        {
            text.Append("<ul class=\"problems\">\n");
            foreach (var problem in stage.Problems)
            {
                text.Append(Invariant($"<li class=\"{StatusWords.Of(problem.State)}\">{Pill(problem.State)} {Problem(problem)}</li>\n"));
            }

            text.Append("</ul>\n");
        }

        text.Append("<ul class=\"boxes\">\n");
        foreach (var box in stage.Boxes)
        {
            Box(text, box);
        }

        text.Append("</ul>\n</li>\n");
    }

    private static void Box(StringBuilder text, StatusBox box)
    {
        var id = Id(box);
        text.Append(Invariant($"<li class=\"box {StatusWords.Of(box.State)}\" id=\"{id}\">\n<article aria-labelledby=\"{id}-name\">\n<p class=\"kind\">{Html(box.Kind)}{Pill(box.State)}</p>\n"));
        text.Append(Invariant($"<h4 id=\"{id}-name\">{Html(box.Name)}{(box.Now.Length == 0 ? "" : $" <span class=\"now\">{Html(box.Now)}</span>")}</h4>\n<p>{Html(box.Runs)}</p>\n"));
        if (box.Addresses.Length > 0 || box.Place.Length > 0)
        {
            text.Append(Invariant($"<p class=\"where\">{string.Join(' ', box.Addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(address => $"<code>{Html(address)}</code>"))}{(box.Place.Length == 0 ? "" : $" <span>{Html(box.Place)}</span>")}</p>\n"));
        }

        if (!box.Problems.IsEmpty)
        {
            text.Append("<ul class=\"problems\">\n");
            foreach (var problem in box.Problems)
            {
                text.Append(Invariant($"<li class=\"{StatusWords.Of(problem.State)}\">{Problem(problem)}</li>\n"));
            }

            text.Append("</ul>\n");
        }

        if (!box.Checks.IsEmpty)
        {
            var off = box.Checks.Count(check => !check.Ok);
            text.Append(Invariant($"<details><summary>{box.Checks.Length} {(box.Checks.Length == 1 ? "check" : "checks")}{(off == 0 ? "" : $", {off} off")}</summary>\n<ul class=\"checks\">\n"));
            foreach (var check in box.Checks)
            {
                text.Append(Invariant($"<li>{Icon(check.Ok ? StatusState.Ok : StatusState.Off)}<span class=\"hidden\">{(check.Ok ? "ok: " : "off: ")}</span><b>{Html(check.Name)}</b> {Html(check.Detail)}</li>\n"));
            }

            text.Append("</ul>\n</details>\n");
        }

        text.Append("</article>\n</li>\n");
    }

    private static string Problem(StatusProblem problem) =>
        $"<b>{(problem.IsAlert ? "alert " : "")}{Html(problem.Name)}</b> {Html(problem.Detail)}<span class=\"fix\">{Html(problem.Remedy.Advice)}{(problem.Remedy.Command.Length == 0 ? "" : $": <code>{Html(problem.Remedy.Command)}</code>")}; <code>{Html(problem.Remedy.Runbook)}</code></span>";

    private static string Pill(StatusState state) => $"<span class=\"pill {StatusWords.Of(state)}\">{Icon(state)}{StatusWords.Of(state)}</span>";

    private static string Icon(StatusState state) => $"<svg class=\"icon {StatusWords.Of(state)}\" aria-hidden=\"true\"><use href=\"#icon-{StatusWords.Of(state)}\"/></svg>";

    private static string IconColour(StatusState state) => state switch
    {
        StatusState.Ok => "%231a7f37",
        StatusState.Warning => "%239a6700",
        StatusState.Off => "%23cf222e",
        _ => "%2359636e",
    };

    // A virtual address may be called like a service.
    private static string Id(StatusBox box) => string.Concat($"{box.Kind}-{box.Name}".Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // Shapes that differ without their colours.
    private const string Symbols = """
        <svg class="hidden" aria-hidden="true">
        <symbol id="icon-ok" viewBox="0 0 16 16"><path d="M2.5 8.5l4 4 7-9" fill="none" stroke="currentColor" stroke-width="2.4"/></symbol>
        <symbol id="icon-warning" viewBox="0 0 16 16"><path d="M8 1l7 13.5H1z" fill="none" stroke="currentColor" stroke-width="1.8"/><path d="M8 6v4M8 11.3v1.6" stroke="currentColor" stroke-width="1.8"/></symbol>
        <symbol id="icon-off" viewBox="0 0 16 16"><path d="M3 3l10 10M13 3L3 13" stroke="currentColor" stroke-width="2.6"/></symbol>
        <symbol id="icon-unknown" viewBox="0 0 16 16"><path d="M5 5.5a3 3 0 1 1 4.3 2.7C8.3 8.7 8 9.2 8 10.4M8 12v1.8" fill="none" stroke="currentColor" stroke-width="2"/></symbol>
        </svg>
        """;

    // White on each of the colours, and each of them on the page, is at least 4.5 to 1 (WCAG AA), in both schemes.
    private const string Style = """
        :root{--page:#f4f6f9;--card:#fff;--text:#17212d;--quiet:#536172;--line:#ccd5df;--link:#0b5cad;--on:#fff;--ok:#1a7f37;--warning:#8f5f00;--off:#c81e2b;--unknown:#59636e}
        @media (prefers-color-scheme:dark){:root{--page:#0e151f;--card:#172231;--text:#e7edf4;--quiet:#a3b2c3;--line:#33445a;--link:#7db8f5;--on:#08111b;--ok:#4cc26a;--warning:#e0a93a;--off:#ff8078;--unknown:#a3b2c3}}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:96rem;padding:1rem clamp(.75rem,2.5vw,2rem) 2rem;background:var(--page);color:var(--text);font:1rem/1.45 system-ui,"DejaVu Sans",sans-serif;overflow-wrap:anywhere}
        h1{font-size:1.6rem;margin:0}h2{font-size:1.15rem;margin:0 0 .6rem}h3{font-size:.95rem;margin:0 0 .5rem;text-align:center}h4{font-size:1.05rem;margin:.1rem 0 .15rem}p{margin:.15rem 0}
        ul,ol{list-style:none;margin:0;padding:0}a{color:var(--link)}
        code{font:.86em ui-monospace,"DejaVu Sans Mono",monospace}
        .quiet,.where,.kind,.arrow,details{color:var(--quiet);font-size:.88rem}
        .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.5rem}
        :focus-visible{outline:3px solid var(--link);outline-offset:2px}
        .verdict{font-size:1.1rem;margin:.3rem 0}
        .icon{width:.8em;height:.8em;flex:none;margin-right:.35em;vertical-align:-.05em}
        .pill{display:inline-flex;align-items:center;padding:.08rem .55rem;border-radius:1rem;font-size:.78rem;font-weight:700;text-transform:uppercase;letter-spacing:.03em;color:var(--on);background:var(--unknown);white-space:nowrap}
        .pill.ok{background:var(--ok)}.pill.warning{background:var(--warning)}.pill.off{background:var(--off)}
        .icon.ok{color:var(--ok)}.icon.off{color:var(--off)}.pill .icon{color:inherit}
        .wrong{margin:1.1rem 0;padding:.9rem 1rem;background:var(--card);border:1px solid var(--line);border-radius:.6rem}
        .wrong li+li{margin-top:.7rem;padding-top:.7rem;border-top:1px solid var(--line)}
        .fix{display:block;color:var(--quiet);font-size:.9em;margin-top:.15rem}
        .fix::before{content:"\2192\00a0"}
        .map{display:grid;gap:1.5rem 2rem;margin-top:1.2rem}
        .boxes{display:flex;flex-wrap:wrap;gap:.75rem;justify-content:center}
        .box{flex:0 1 16.4rem;min-width:0;background:var(--card);border:1px solid var(--line);border-left:.4rem solid var(--unknown);border-radius:.5rem;padding:.55rem .8rem .65rem}
        .box.ok{border-left-color:var(--ok)}.box.warning{border-left-color:var(--warning)}.box.off{border-left-color:var(--off)}
        .box:target{box-shadow:0 0 0 3px var(--link)}
        .box.off,.box.warning{flex-basis:26rem}
        .kind{display:flex;justify-content:space-between;gap:.5rem;align-items:center;margin:0}
        .now{font-size:.78rem;font-weight:600;border:1px solid var(--line);border-radius:.3rem;padding:0 .35rem;vertical-align:.08em}
        .where code,.where span{margin-right:.6em}
        .problems{margin:.5rem 0;font-size:.92rem}.problems li{border-left:3px solid var(--off);padding-left:.6rem}.problems li.warning{border-left-color:var(--warning)}.problems li+li{margin-top:.5rem}
        .stage>.problems{max-width:44rem;margin:.4rem auto .7rem}
        details{margin-top:.35rem}summary{cursor:pointer;padding:.2rem 0}.checks li{padding:.15rem 0}.checks b{color:var(--text)}
        .arrow{display:grid;grid-template-columns:minmax(0,1fr) auto minmax(0,1fr);align-items:center;gap:.6rem;margin:.5rem 0}
        .arrow svg{grid-column:2;width:1.3rem;height:2.2rem;fill:none;stroke:var(--quiet);stroke-width:2}
        aside .stage+.stage{margin-top:1.5rem}
        footer{margin-top:2rem;border-top:1px solid var(--line);padding-top:.8rem}.legend{display:flex;flex-wrap:wrap;gap:.5rem 1.4rem;font-size:.88rem;margin-bottom:.5rem}
        @media (min-width:64rem){.map{grid-template-columns:minmax(0,1fr) 20rem;align-items:start}aside{border-left:1px solid var(--line);padding-left:1.5rem}aside .box,aside .box.off,aside .box.warning{flex-basis:100%}aside h3{text-align:left}}
        @media (max-width:32rem){.box,.box.off,.box.warning{flex-basis:100%}}
        @media print{body{max-width:none}.box{break-inside:avoid}.skip{display:none}}
        """;
}
