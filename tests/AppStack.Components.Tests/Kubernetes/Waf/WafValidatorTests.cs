using AppStack.Components.Kubernetes.Waf;
using AppStack.Testing;

namespace AppStack.Components.Tests.Kubernetes.Waf;

public sealed class WafValidatorTests
{
    [Fact]
    public void Examples_are_right()
    {
        Assert.Empty(WafValidator.Validate(WafExamples.Plain));
        Assert.Empty(WafValidator.Validate(WafExamples.Full));
    }

    [Fact]
    public void All_problems_at_once()
    {
        var bad = new WafSpec
        {
            Paranoia = 3,
            DetectionParanoia = 2,
            InboundThreshold = 0,
            OutboundThreshold = 5000,
            Methods = ["get", "GET|PUT"],
            ContentTypes = ["json"],
            ResponseTypes = ["Text/HTML"],
            UrlExtensions = ["config", ".pdf"],
            Arguments = new() { Count = 1000, NameBytes = 0, ValueBytes = -1, TotalBytes = 0 },
            Uploads = new() { Count = -1, TotalBytes = 0, Extensions = [".PDF"] },
            Paths = [new() { Path = "/a" }, new() { Path = "/a", Methods = ["DELETE"], ContentTypes = ["text/csv"] }, new() { Path = "b\"" }],
            Parameters = [new() { Name = "a b", Pattern = "(" }, new() { Name = "x", Pattern = "%{tx.0}" }, new() { Name = "x", Pattern = "(?x)a #" }, new() { Name = "x", Pattern = "é" }, new() { Name = "x", Pattern = "a)(?:b" }],
            Exclusions =
            [
                new() { Reason = "neither" },
                new() { Rule = 942100, Tag = "attack-sqli", Reason = "both" },
                new() { Rule = 942100, Reason = " " },
                new() { Rule = 942101, Target = "ARGS:text", Reason = "of another version" },
                new() { Rule = 942101 + 5, Reason = "does not exist" },
                new() { Rule = 949110, Reason = "too many findings" },
                new() { Rule = 980130, Reason = "too many lines" },
                new() { Rule = 901200, Reason = "machinery" },
                new() { Rule = 912120, Reason = "not loaded" },
                new() { Tag = "attack-sql", Reason = "nearly" },
                new() { Tag = "nonsense", Reason = "not at all" },
                new() { Tag = "OWASP_CRS", Reason = "all" },
                new() { Tag = "paranoia-level/1", Reason = "all" },
                new() { Rule = 942100, Target = "ARGS:a;ARGS:b", Reason = "two" },
                new() { Rule = 942100, Target = "TX:anomaly_score", Reason = "nothing to look at" },
                new() { Rule = 942100, Path = "/a/../b", Reason = "not normal" },
                new() { Rule = 942100, Reason = "two\nlines" },
            ],
            RateLimits = [new() { Path = "x", Methods = ["post"], Requests = 0, Per = TimeSpan.FromHours(1), Burst = -1 }],
            Slot = RuleIdRange.Slots,
        };

        Snapshot.Verify(string.Join('\n', WafValidator.Validate(new() { Name = "Dilosi", Team = "a b", BodyBytes = 0, Spec = bad })) + "\n");
    }

    [Theory]
    [InlineData("(?<a>x)(?<b-a>y)", "(?<a")]
    [InlineData("(?<!a)b", "(?<!")]
    [InlineData("(?P<a>b)", "(?P<")]
    [InlineData("(?x)a b", "(?x)")]
    [InlineData(@"a\\\u0041", @"\u")]
    [InlineData(@"\p{L}", @"\p")]
    [InlineData("(a)\\1", "\\1")]
    [InlineData("[a-z-[b]]", "-[")]
    [InlineData("[[:alpha:]]", "[:")]
    [InlineData("[]-[a]", "-[")]
    [InlineData("a\\\"", "\\\"")]
    [InlineData("a\\", "\\")]
    public void Patterns_that_engines_read_differently_are_refused(string pattern, string what)
    {
        var spec = new WafSpec { Parameters = [new() { Name = "a", Pattern = pattern }] };

        Assert.Contains($": '{what}", Assert.Single(WafValidator.Validate(WafExamples.With(spec))).Message);
    }

    [Theory]
    [InlineData("[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")]
    [InlineData(@"(?i)[^\]""'-]+|\(\x25\{(?=a)(?!b)(?>c)\.\-\\")]
    [InlineData(@"\w+(?:[ -]\w+)*-?")]
    [InlineData("[0-9]{4}-[0-9]{2}[]^-]")]
    public void Patterns_that_all_read_alike_are_right(string pattern) =>
        Assert.Empty(WafValidator.Validate(WafExamples.With(new() { Parameters = [new() { Name = "a", Pattern = pattern }] })));

    [Fact]
    public void Too_many_rules_do_not_fit()
    {
        var spec = new WafSpec { Exclusions = [.. Enumerable.Repeat(new WafExclusion { Rule = 942100, Reason = "r" }, 191)] };

        Assert.Contains("191 rules", Assert.Single(WafValidator.Validate(WafExamples.With(spec))).Message);
    }

    [Fact]
    public void Warnings_of_what_is_wide()
    {
        var spec = new WafSpec
        {
            Mode = WafMode.Off,
            InboundThreshold = 25,
            Exclusions =
            [
                new() { Rule = 942100, Reason = "everywhere" },
                new() { Tag = "attack-sqli", Path = "/search", Reason = "a search" },
                new() { Rule = 942100, Target = "ARGS", Path = "/search", Reason = "a search" },
                new() { Rule = 942100, Target = "ARGS:q", Path = "/*", Reason = "a search" },
                new() { Rule = 942432, Target = "ARGS:q", Path = "/search", Reason = "a rule of level 4" },
                new() { Rule = 942100, Target = "ARGS:q", Path = "/search", Reason = "as it should be" },
            ],
        };

        Snapshot.Verify(string.Join('\n', WafValidator.Warnings(WafExamples.With(spec))) + "\n");
    }

    [Fact]
    public void Services_with_the_same_ids_are_found()
    {
        var other = new WafService { Name = "zeta", Team = "t", Spec = new() { Slot = RuleIdRange.SlotOf("dilosi") } };

        var problem = Assert.Single(WafValidator.ValidateRanges([other, WafExamples.Plain, WafExamples.Full]));

        Assert.Equal("zeta", problem.Path);
        Assert.Contains("are those of dilosi", problem.Message);
    }
}
