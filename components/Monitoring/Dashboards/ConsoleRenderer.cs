using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AppStack.Components.Monitoring;

/// <summary>
/// Renders dashboards as console pages: templates that Prometheus itself fills in, with its own scripts for graphs. They need no other program,
/// and nothing from elsewhere.
/// </summary>
public static partial class ConsoleRenderer
{
    /// <summary>The page with the links to all others.</summary>
    public const string Index = "index.html";

    /// <summary>Name of the file with the templates that pages share.</summary>
    internal const string LibraryName = "appstack.lib";

    /// <summary>Renders all pages and the index.</summary>
    /// <param name="environment">Name of the environment, shown on every page.</param>
    /// <param name="dashboards">The dashboards.</param>
    /// <returns>The pages; each needs <see cref="Library"/>.</returns>
    public static ImmutableArray<ConsolePage> Pages(string environment, ImmutableArray<Dashboard> dashboards) =>
        [new(Index, IndexPage(environment, dashboards)), .. dashboards.Select(dashboard => new ConsolePage($"{dashboard.Name}.html", Page(environment, dashboard, dashboards)))];

    /// <summary>The templates that pages share: Prometheus' scripts for graphs, the style, and how values are written.</summary>
    public static string Library { get; } = """
        {{/* Shared by AppStack's console pages; written by AppStack: changes are overwritten. */}}
        {{ define "appstack_head" }}
        <meta charset="utf-8">
        <link rel="stylesheet" href="{{ pathPrefix }}/classic/static/rickshaw/rickshaw.min.css">
        <link rel="stylesheet" href="{{ pathPrefix }}/classic/static/css/prom_console.css">
        <script src="{{ pathPrefix }}/classic/static/d3/d3.min.js"></script>
        <script src="{{ pathPrefix }}/classic/static/rickshaw/rickshaw.min.js"></script>
        <script src="{{ pathPrefix }}/classic/static/jquery/jquery.min.js"></script>
        <script>var PATH_PREFIX = "{{ pathPrefix }}";</script>
        <script src="{{ pathPrefix }}/classic/static/js/prom_console.js"></script>
        <style>
          body { font: 14px/1.4 sans-serif; margin: 0 1.5em 2em; color: #222; background: #fafafa; }
          nav { background: #1f2937; margin: 0 -1.5em; padding: .6em 1.5em; }
          nav a { color: #cbd5e1; margin-right: 1.2em; text-decoration: none; }
          nav a.here { color: #fff; font-weight: bold; }
          h1 { font-size: 1.4em; margin: .8em 0 0; } h2 { font-size: 1.1em; margin: 1.2em 0 .3em; } h3 { font-size: .95em; margin: 0 0 .4em; font-weight: 600; }
          .choice a { margin-right: .8em; } .choice a.here { font-weight: bold; color: #222; text-decoration: none; }
          .row { display: flex; flex-wrap: wrap; gap: 12px; }
          .panel { flex: 1 1 22em; min-width: 0; background: #fff; border: 1px solid #ddd; padding: .6em .8em; }
          .panel table.values { border-collapse: collapse; width: 100%; } .values td { border-top: 1px solid #eee; padding: .15em 0; }
          .values td:last-child { text-align: right; font-variant-numeric: tabular-nums; }
          .none { color: #888; }
        </style>
        {{ end }}
        {{ define "appstack_number" }}{{ humanize . }}{{ end }}
        {{ define "appstack_persecond" }}{{ humanize . }}/s{{ end }}
        {{ define "appstack_bytes" }}{{ humanize1024 . }}B{{ end }}
        {{ define "appstack_bytespersecond" }}{{ humanize1024 . }}B/s{{ end }}
        {{ define "appstack_seconds" }}{{ humanizeDuration . }}{{ end }}
        {{ define "appstack_share" }}{{ humanizePercentage . }}{{ end }}

        """;

    private static string Page(string environment, Dashboard dashboard, ImmutableArray<Dashboard> all)
    {
        var body = new StringBuilder(Begin(environment, dashboard.Title, dashboard.Name, all));
        body.Append(CultureInfo.InvariantCulture, $"<h1>{dashboard.Title}</h1>\n<p>{dashboard.Description}</p>\n");
        foreach (var variable in dashboard.Variables)
        {
            body.Append(Choice(variable));
        }

        var graphs = 0;
        foreach (var row in dashboard.Rows)
        {
            body.Append(CultureInfo.InvariantCulture, $"<h2>{row.Title}</h2>\n<div class=\"row\">\n");
            foreach (var panel in row.Panels)
            {
                body.Append(CultureInfo.InvariantCulture, $"<div class=\"panel\">\n<h3>{panel.Title}</h3>\n")
                    .Append(panel.Kind == PanelKind.Values ? Values(panel, dashboard) : Graph(panel, dashboard, ++graphs))
                    .Append("</div>\n");
            }

            body.Append("</div>\n");
        }

        return body.Append("</body>\n</html>\n").ToString();
    }

    private static string IndexPage(string environment, ImmutableArray<Dashboard> dashboards)
    {
        var body = new StringBuilder(Begin(environment, "Overview", "index", dashboards));
        body.Append(CultureInfo.InvariantCulture, $"<h1>{environment}</h1>\n<h2>Alerts</h2>\n<div class=\"row\"><div class=\"panel\">\n<table class=\"values\">\n");
        body.Append("""
            {{ range query "ALERTS{alertstate=\"firing\", severity!=\"none\"}" | sortByLabel "alertname" }}<tr><td>{{ .Labels.alertname }} {{ .Labels.cluster }} {{ .Labels.node }}</td><td>{{ .Labels.severity }}</td></tr>
            {{ else }}<tr><td class="none">none</td><td></td></tr>
            {{ end }}</table>
            </div></div>
            <h2>Nodes</h2>
            <div class="row"><div class="panel">
            <table class="values">
            {{ range query "sum by (cluster, role) (up{job=\"node\", cluster!=\"\"})" | sortByLabel "cluster" }}<tr><td>{{ .Labels.cluster }} {{ .Labels.role }}</td><td>{{ .Value }} of {{ with printf "count(up{job=\"node\", cluster=%q, role=%q})" .Labels.cluster .Labels.role | query }}{{ . | first | value }}{{ end }} answer</td></tr>
            {{ end }}</table>
            </div></div>
            <h2>Pages</h2>
            <ul>

            """);
        foreach (var dashboard in dashboards)
        {
            body.Append(CultureInfo.InvariantCulture, $"<li><a href=\"{dashboard.Name}.html\">{dashboard.Title}</a>: {dashboard.Description}</li>\n");
        }

        return body.Append("</ul>\n</body>\n</html>\n").ToString();
    }

    private static string Begin(string environment, string title, string here, ImmutableArray<Dashboard> all)
    {
        var links = string.Concat(all.Select(dashboard => Link($"{dashboard.Name}.html", dashboard.Title, dashboard.Name == here)).Prepend(Link(Index, "Overview", here == "index")));
        return $$$"""
            {{/* Written by AppStack: changes are overwritten. */}}<!doctype html>
            <html lang="en">
            <head>
            <title>{{{title}}} - {{{environment}}}</title>
            {{ template "appstack_head" }}
            </head>
            <body>
            <nav>{{{links}}}<a href="{{ pathPrefix }}/alerts">Rules</a><a href="{{ pathPrefix }}/targets">Targets</a></nav>

            """;

        static string Link(string address, string title, bool here) => $"<a{(here ? " class=\"here\"" : "")} href=\"{address}\">{title}</a>";
    }

    // Whatever stands in the page's address: only what a label of ours may hold gets into expressions.
    private static string Choice(DashboardVariable variable) => $$$"""
        {{ ${{{variable.Name}}} := or .Params.{{{variable.Name}}} ".*" | reReplaceAll "[^a-zA-Z0-9_.*-]" "" }}<script>var {{{variable.Name}}} = {{ ${{{variable.Name}}} }};</script>
        <p class="choice">{{{variable.Name}}}: <a{{ if eq ${{{variable.Name}}} ".*" }} class="here"{{ end }} href="?">all</a>{{ range query {{{Literal($"count by ({variable.Name}) ({variable.Metric})")}}} | sortByLabel "{{{variable.Name}}}" }}<a{{ if eq ${{{variable.Name}}} .Labels.{{{variable.Name}}} }} class="here"{{ end }} href="?{{{variable.Name}}}={{ .Labels.{{{variable.Name}}} }}">{{ .Labels.{{{variable.Name}}} }}</a>{{ end }}</p>

        """;

    private static string Values(DashboardPanel panel, Dashboard dashboard)
    {
        var text = new StringBuilder("<table class=\"values\">\n");
        foreach (var query in panel.Queries)
        {
            var labels = LabelPattern().Matches(query.Legend).Select(match => match.Groups[1].Value).ToList();
            var name = LabelPattern().Replace(query.Legend, "{{ .Labels.$1 }}");
            text.Append(CultureInfo.InvariantCulture, $"{{{{ range {Ask(query.Expression, dashboard)}{(labels.Count == 0 ? "" : $" | sortByLabel \"{labels[0]}\"")} }}}}")
                .Append(CultureInfo.InvariantCulture, $"<tr><td>{name}</td><td>{{{{ template \"appstack_{panel.Unit.ToString().ToLowerInvariant()}\" .Value }}}}</td></tr>\n{{{{ else }}}}<tr><td class=\"none\">none</td><td></td></tr>\n{{{{ end }}}}");
        }

        return text.Append("</table>\n").ToString();
    }

    private static string Graph(DashboardPanel panel, Dashboard dashboard, int number)
    {
        var formatter = panel.Unit is PanelUnit.Bytes or PanelUnit.BytesPerSecond ? "humanize1024" : "humanize";
        var (scale, units) = panel.Unit switch
        {
            PanelUnit.PerSecond => ("", "/s"),
            PanelUnit.Bytes => ("", "B"),
            PanelUnit.BytesPerSecond => ("", "B/s"),
            PanelUnit.Seconds => ("", "s"),
            PanelUnit.Share => ("100 * ", "%"),
            _ => ("", ""),
        };
        return string.Create(CultureInfo.InvariantCulture, $$"""
            <div id="graph{{number}}"></div>
            <script>
            new PromConsole.Graph({
              node: document.querySelector("#graph{{number}}"),
              expr: [{{string.Join(", ", panel.Queries.Select(query => Script(scale.Length == 0 ? query.Expression : $"{scale}({query.Expression})", dashboard)))}}],
              name: [{{string.Join(", ", panel.Queries.Select(query => Name(query.Legend)))}}],
              renderer: "{{(panel.Kind == PanelKind.Stacked ? "area" : "line")}}",
              min: 0,
              xTitle: "",
              yUnits: "{{units}}",
              yAxisFormatter: PromConsole.NumberFormatter.{{formatter}},
              yHoverFormatter: PromConsole.NumberFormatter.{{formatter}},
            });
            </script>

            """);
    }

    /// <summary>A query in a template, with what the reader chose.</summary>
    private static string Ask(string expression, Dashboard dashboard)
    {
        var used = dashboard.Variables.Where(variable => expression.Contains($"${variable.Name}", StringComparison.Ordinal)).ToList();
        if (used.Count == 0)
        {
            return $"query {Literal(expression)}";
        }

        var format = expression.Replace("%", "%%", StringComparison.Ordinal);
        var arguments = VariablePattern().Matches(expression).Select(match => match.Value);
        return $"printf {Literal(VariablePattern().Replace(format, "%s"))} {string.Join(' ', arguments)} | query";
    }

    /// <summary>A query as a script's text, with what the reader chose.</summary>
    private static string Script(string expression, Dashboard dashboard)
    {
        var parts = VariablePattern().Split(expression);
        var text = new StringBuilder(ScriptText(parts[0]));
        foreach (var (name, part) in VariablePattern().Matches(expression).Select(match => match.Value[1..]).Zip(parts.Skip(1)))
        {
            if (dashboard.Variables.All(variable => variable.Name != name))
            {
                throw new ArgumentException($"Dashboard '{dashboard.Name}' has no variable '{name}', which '{expression}' uses.", nameof(dashboard));
            }

            text.Append(CultureInfo.InvariantCulture, $" + {name} + {ScriptText(part)}");
        }

        return text.ToString();
    }

    // Prometheus' own filling in of names stops at the last label.
    private static string Name(string legend)
    {
        var parts = LabelPattern().Split(legend);
        var text = string.Join(" + ", parts.Select((part, i) => i % 2 == 0 ? (part.Length == 0 ? "" : ScriptText(part)) : $"m.{part}").Where(part => part.Length > 0));
        return $"function (m) {{ return {text}; }}";
    }

    private static string ScriptText(string text) => JsonSerializer.Serialize(text).Replace("\\u0022", "\\\"", StringComparison.Ordinal);

    // A raw string of Go's templates has no way to write a backquote, and PromQL needs none.
    private static string Literal(string text) => text.Contains('`', StringComparison.Ordinal)
        ? throw new ArgumentException($"'{text}' has a backquote.", nameof(text))
        : $"`{text.ReplaceLineEndings(" ")}`";

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex LabelPattern();

    [GeneratedRegex(@"\$[a-z]+")]
    private static partial Regex VariablePattern();
}
