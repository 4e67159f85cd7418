using AppStack.Components.Kubernetes.Waf;
using AppStack.Testing;

namespace AppStack.Components.Tests.Kubernetes.Waf;

public sealed class WafEngineRendererTests
{
    private static readonly WafService Detecting = WafExamples.Full with { Name = "forms", Spec = WafExamples.Full.Spec with { Mode = WafMode.Detect } };
    private static readonly WafService Off = WafExamples.Plain with { Name = "maps", BodyBytes = 5, Spec = new() { Mode = WafMode.Off } };

    [Fact]
    public void What_all_services_share() => Snapshot.Verify(WafEngineRenderer.Files(new(), [WafExamples.Plain])["/etc/nginx/waf/engine.conf"], "conf");

    [Fact]
    public void Directives_of_nginx() => Snapshot.Verify(
        WafEngineRenderer.Http(new(), [Detecting, Off, WafExamples.Full, WafExamples.Plain])
            + string.Concat(new[] { WafExamples.Full, Detecting, Off, WafExamples.Plain }.Select(service => $"# {service.Name}\n{WafEngineRenderer.Location(new(), service)}")),
        "conf");

    [Fact]
    public void Rules_are_loaded_up_to_the_highest_level_that_a_service_wants()
    {
        var files = WafEngineRenderer.Files(new(), [WafExamples.Plain, WafExamples.Full, Off]);

        Assert.Equal(["/etc/nginx/waf/dilosi.conf", "/etc/nginx/waf/engine.conf", "/etc/nginx/waf/library.conf"], files.Keys);
        Assert.Contains("Include /usr/share/appstack/crs/crs-2.conf\n", files["/etc/nginx/waf/engine.conf"]);
    }

    [Fact]
    public void Without_services_nothing_is_loaded()
    {
        Assert.Empty(WafEngineRenderer.Files(new(), [Off]));
        Assert.Equal("", WafEngineRenderer.Http(new(), [Off]));
    }

    [Fact]
    public void Services_with_the_same_ids_are_refused() =>
        Assert.Throws<InvalidSpecException>(() => WafEngineRenderer.Files(new(), [WafExamples.Full, WafExamples.Plain with { Spec = new() { Slot = RuleIdRange.SlotOf("dilosi") } }]));
}
