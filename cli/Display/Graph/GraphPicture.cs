using System.Globalization;
using System.Net;
using System.Text;

namespace AppStack.Cli.Display.Graph;

/// <summary>A graph as a picture: boxes in boxes, arrows from what is needed to what needs it. Needs nothing but a browser.</summary>
internal static class GraphPicture
{
    private const double Margin = 20;

    private const string Style =
        "text{font:12px ui-monospace,'DejaVu Sans Mono',monospace;fill:#1d2733}"
        + ".type{font-size:10px;fill:#5a6878}.box{stroke:#9fb0c3;stroke-width:1.2}.card{stroke:#8294a8;stroke-width:1}"
        + ".edge{fill:none;stroke:#64788f;stroke-width:1.2;opacity:.6;marker-end:url(#arrow)}.edge:hover{stroke:#d0312d;stroke-width:2.4;opacity:1}"
        + "g.resource:hover>rect{stroke:#d0312d;stroke-width:2}";

    /// <summary>The picture as a page.</summary>
    public static string Page(ResourceGraph graph)
    {
        var count = graph.Nodes.Count();
        var legend = string.Concat(graph.Nodes.Select(node => node.Package).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(package => $"<span><i style=\"background:{PackageColours.Of(package)}\"></i>{Html(package)}</span>"));
        return $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>{{Html(graph.Root.Name)}}: resources</title>
            <style>
            body{margin:0;background:#fbfcfe;color:#1d2733;font:14px system-ui,'DejaVu Sans',sans-serif}
            header{padding:16px 24px 4px}h1{font-size:20px;margin:0 0 6px}p{margin:0;color:#5a6878}
            header span{margin-right:16px}i{display:inline-block;width:12px;height:12px;border:1px solid #8294a8;border-radius:3px;margin-right:6px;vertical-align:-2px}
            svg{display:block}
            </style>
            </head>
            <body>
            <header><h1>{{Html(graph.Root.Name)}}</h1><p>{{count}} resources. An arrow leads from what is needed to what needs it; boxes hold their parts.</p><p style="margin-top:8px">{{legend}}</p></header>
            {{Svg(graph)}}
            </body>
            </html>

            """;
    }

    /// <summary>The picture alone.</summary>
    public static string Svg(ResourceGraph graph)
    {
        var layout = GraphLayout.Of(graph);
        var root = layout[graph.Root];
        var (width, height) = (root.Width + (2 * Margin), root.Height + (2 * Margin));
        var text = new StringBuilder();
        text.Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:0.#}\" height=\"{height:0.#}\" viewBox=\"{-Margin:0.#} {-Margin:0.#} {width:0.#} {height:0.#}\" role=\"img\">\n"));
        text.Append("<style>").Append(Style).Append("</style>\n");
        text.Append("<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#64788f\"/></marker></defs>\n");
        Draw(text, graph.Root, layout);
        foreach (var (from, to) in graph.Edges)
        {
            text.Append(Invariant($"<path class=\"edge\" d=\"{Curve(layout[from], layout[to])}\"><title>{Html(to.Name)} needs {Html(from.Name)}</title></path>\n"));
        }

        return text.Append("</svg>").ToString();
    }

    private static void Draw(StringBuilder text, ResourceNode node, GraphLayout layout)
    {
        var frame = layout[node];
        var isBox = node.Children.Count > 0;
        text.Append(Invariant($"<g class=\"resource\"><rect class=\"{(isBox ? "box" : "card")}\" x=\"{frame.X:0.#}\" y=\"{frame.Y:0.#}\" width=\"{frame.Width:0.#}\" height=\"{frame.Height:0.#}\" rx=\"6\" fill=\"{Fill(node)}\"/>"));
        text.Append(Invariant($"<text x=\"{frame.X + 12:0.#}\" y=\"{frame.Y + 18:0.#}\"{(isBox ? " font-weight=\"bold\"" : "")}>{Html(GraphLayout.Short(node.Name))}</text>"));
        text.Append(Invariant($"<text class=\"type\" x=\"{frame.X + 12:0.#}\" y=\"{frame.Y + 33:0.#}\">{Html(GraphLayout.Short(node.Type))}</text>"));
        text.Append(Invariant($"<title>{Html(node.Urn.Length == 0 ? node.Name : node.Urn)}</title></g>\n"));
        foreach (var child in node.Children)
        {
            Draw(text, child, layout);
        }
    }

    private static string Fill(ResourceNode node) => node.Parent is null ? "#ffffff" : PackageColours.Of(node.Package);

    // Out at the right, in at the left; where the target is not right of the source, around the outside.
    private static string Curve(GraphLayout.Frame from, GraphLayout.Frame to)
    {
        var (x1, y1) = (from.X + from.Width, from.Y + Math.Min(from.Height / 2, GraphLayout.CardHeight / 2));
        var (x2, y2) = (to.X, to.Y + Math.Min(to.Height / 2, GraphLayout.CardHeight / 2));
        var bend = Math.Max(Math.Abs(x2 - x1) / 2, 24);
        return Invariant($"M{x1:0.#} {y1:0.#}C{x1 + bend:0.#} {y1:0.#} {x2 - bend:0.#} {y2:0.#} {x2:0.#} {y2:0.#}");
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
