using AppStack.Components.Kubernetes.Waf;

namespace AppStack.Components.Tests.Kubernetes.Waf;

/// <summary>Services with a bit of everything.</summary>
internal static class WafExamples
{
    public static WafService Plain { get; } = new() { Name = "library", Team = "libraries", Spec = new() };

    public static WafService Full { get; } = new()
    {
        Name = "dilosi",
        Team = "citizens",
        BodyBytes = 64 * 1024,
        Spec = new()
        {
            Paranoia = 1,
            DetectionParanoia = 2,
            InboundThreshold = 7,
            Methods = ["POST", "GET", "HEAD", "PUT"],
            ContentTypes = ["multipart/form-data", "application/json"],
            UrlExtensions = [".dat"],
            Arguments = new() { Count = 40, NameBytes = 64, ValueBytes = 2000, TotalBytes = 20_000 },
            Uploads = new() { Count = 3, TotalBytes = 50_000, Extensions = [".pdf", ".jpg"] },
            Paths =
            [
                new() { Path = "/declarations", Methods = ["POST"], ContentTypes = ["application/json"] },
                new() { Path = "/verify/*", Methods = ["GET"] },
            ],
            Parameters = [new() { Name = "code", Path = "/verify", Pattern = """[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}["']?""" }],
            Exclusions =
            [
                new() { Rule = 942100, Target = "ARGS:json.text", Path = "/declarations", Reason = "people write  what they\nlike".Replace('\n', ' ') },
                new() { Tag = "attack-xss", Target = "ARGS:json.text", Path = "/declarations", Reason = "the text is shown as text" },
                new() { Rule = 920350, Reason = "the probe asks by address" },
            ],
            RateLimits =
            [
                new() { Path = "/declarations", Methods = ["POST"], Requests = 10 },
                new() { Requests = 600, Per = TimeSpan.FromMinutes(1), Burst = 100 },
            ],
        },
    };

    public static WafService With(WafSpec spec) => Full with { Spec = spec };
}
