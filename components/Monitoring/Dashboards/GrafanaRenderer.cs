using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AppStack.Components.Monitoring;

/// <summary>Renders dashboards in Grafana's format (schema version 37, Grafana 9 and later), to import or to provision.</summary>
public static class GrafanaRenderer
{
    private const int GridWidth = 24;
    private const int PanelHeight = 8;
    private const int ValuesHeight = 6;

    private static readonly JsonSerializerOptions Style = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Renders a dashboard.</summary>
    /// <param name="dashboard">The dashboard.</param>
    /// <returns>Grafana's JSON; a reader chooses the data source.</returns>
    public static string Render(Dashboard dashboard)
    {
        ArgumentNullException.ThrowIfNull(dashboard);
        var panels = new JsonArray();
        var (id, top) = (0, 0);
        foreach (var row in dashboard.Rows)
        {
            panels.Add(new JsonObject { ["id"] = ++id, ["type"] = "row", ["title"] = row.Title, ["collapsed"] = false, ["gridPos"] = Position(0, top, GridWidth, 1), ["panels"] = new JsonArray() });
            top++;
            var width = GridWidth / row.Panels.Length;
            var height = row.Panels.All(panel => panel.Kind == PanelKind.Values) ? ValuesHeight : PanelHeight;
            foreach (var (panel, column) in row.Panels.Select((panel, column) => (panel, column)))
            {
                panels.Add(Panel(panel, ++id, Position(column * width, top, width, height)));
            }

            top += height;
        }

        return new JsonObject
        {
            ["uid"] = $"appstack-{dashboard.Name}",
            ["title"] = dashboard.Title,
            ["description"] = dashboard.Description,
            ["tags"] = new JsonArray("appstack"),
            ["schemaVersion"] = 37,
            ["editable"] = false,
            ["refresh"] = "10s",
            ["time"] = new JsonObject { ["from"] = "now-1h", ["to"] = "now" },
            ["templating"] = new JsonObject { ["list"] = new JsonArray([DataSourceVariable(), .. dashboard.Variables.Select(Variable)]) },
            ["panels"] = panels,
        }.ToJsonString(Style) + "\n";
    }

    private static JsonObject Panel(DashboardPanel panel, int id, JsonObject position)
    {
        var values = panel.Kind == PanelKind.Values;
        var targets = panel.Queries.Select((query, i) => (JsonNode)new JsonObject
        {
            ["refId"] = ((char)('A' + i)).ToString(CultureInfo.InvariantCulture),
            ["expr"] = query.Expression,
            ["legendFormat"] = query.Legend,
            ["instant"] = values,
            ["range"] = !values,
        });
        var defaults = new JsonObject { ["unit"] = Unit(panel.Unit), ["min"] = 0 };
        if (!values)
        {
            defaults["custom"] = new JsonObject
            {
                ["fillOpacity"] = panel.Kind == PanelKind.Stacked ? 40 : 0,
                ["stacking"] = new JsonObject { ["mode"] = panel.Kind == PanelKind.Stacked ? "normal" : "none" },
            };
        }

        return new JsonObject
        {
            ["id"] = id,
            ["type"] = values ? "bargauge" : "timeseries",
            ["title"] = panel.Title,
            ["gridPos"] = position,
            ["datasource"] = new JsonObject { ["type"] = "prometheus", ["uid"] = "${datasource}" },
            ["targets"] = new JsonArray([.. targets]),
            ["fieldConfig"] = new JsonObject { ["defaults"] = defaults, ["overrides"] = new JsonArray() },
            ["options"] = values
                ? new JsonObject { ["orientation"] = "horizontal", ["reduceOptions"] = new JsonObject { ["calcs"] = new JsonArray("lastNotNull") } }
                : new JsonObject { ["legend"] = new JsonObject { ["displayMode"] = "list", ["placement"] = "bottom" }, ["tooltip"] = new JsonObject { ["mode"] = "multi" } },
        };
    }

    private static JsonObject DataSourceVariable() => new() { ["name"] = "datasource", ["type"] = "datasource", ["query"] = "prometheus", ["label"] = "data source" };

    private static JsonNode Variable(DashboardVariable variable) => new JsonObject
    {
        ["name"] = variable.Name,
        ["label"] = variable.Name,
        ["type"] = "query",
        ["datasource"] = new JsonObject { ["type"] = "prometheus", ["uid"] = "${datasource}" },
        ["query"] = $"label_values({variable.Metric}, {variable.Name})",
        ["refresh"] = 2,
        ["includeAll"] = true,
        ["multi"] = true,
        ["allValue"] = ".*",
        ["current"] = new JsonObject { ["text"] = "All", ["value"] = "$__all" },
    };

    private static JsonObject Position(int x, int y, int w, int h) => new() { ["x"] = x, ["y"] = y, ["w"] = w, ["h"] = h };

    private static string Unit(PanelUnit unit) => unit switch
    {
        PanelUnit.PerSecond => "cps",
        PanelUnit.Bytes => "bytes",
        PanelUnit.BytesPerSecond => "binBps",
        PanelUnit.Seconds => "s",
        PanelUnit.Share => "percentunit",
        _ => "short",
    };
}
