using Spectre.Console;

namespace AppStack.Operations.Verification;

/// <summary>Draws a verification for people.</summary>
internal static class VerifyTable
{
    public static void Write(IAnsiConsole console, VerifyReport report)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("", "node", "check", "seen");
        foreach (var check in report.Checks)
        {
            table.AddRow(
                check.Ok ? "[green]ok[/]" : "[red]OFF[/]",
                Markup.Escape(check.Node),
                Markup.Escape(check.Name),
                Markup.Escape(check.Detail));
        }

        console.Write(table);
        var off = report.Off.Count();
        console.MarkupLine(off == 0
            ? $"[green]{report.Checks.Count} checks, all as they should be[/] ({report.Ms:0} ms)"
            : $"[red]{off} of {report.Checks.Count} checks are off[/] ({report.Ms:0} ms)");
    }
}
