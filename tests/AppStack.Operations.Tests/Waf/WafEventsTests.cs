using AppStack.Operations.Waf;

namespace AppStack.Operations.Tests.Waf;

public sealed class WafEventsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private static string Line(string service, string time, string request) =>
        $$"""{"kind":"waf","service":"{{service}}","team":"t","request":"{{request}}","client":"10.1.1.9","method":"GET","path":"/x","status":403,"rules":[{"id":"942100","message":"m","severity":"2","tags":[]},{"id":"949110","message":"m","severity":"2","tags":[]}],"time":"{{time}}","node":"n"}""";

    [Fact]
    public void Of_a_line_everything_is_read()
    {
        var line = Line("benefits", "2026-11-26T11:59:00Z", "r1");

        var read = WafEvent.Of(line)!;

        Assert.Equal(("benefits", "r1", "10.1.1.9", "GET /x", 403), (read.Service, read.Request, read.Client, read.What, read.Status));
        Assert.Equal(["942100", "949110"], read.Rules.ToArray());
        Assert.Equal(Now.AddMinutes(-1), read.Time);
        Assert.Equal(line, read.Line);
    }

    [Fact]
    public void Those_of_a_service_and_of_the_last_hours_come_in_order_and_what_is_none_is_counted()
    {
        var text = string.Join('\n', Line("a", "2026-11-26T11:59:00Z", "late"), Line("a", "2026-11-26T10:59:00Z", "old"), "{}", "{\"broken", Line("b", "2026-11-26T11:58:00Z", "other"), Line("a", "2026-11-26T11:01:00Z", "early")) + "\n";

        var (ofOne, unreadable) = WafEventsCommand.Choose(text, new() { Service = "a" }, Now);

        Assert.Equal(["early", "late"], ofOne.Select(found => found.Request));
        Assert.Equal(2, unreadable);
        Assert.Equal(["old", "early", "other", "late"], WafEventsCommand.Choose(text, new() { Hours = 2 }, Now).Events.Select(found => found.Request));
    }
}
