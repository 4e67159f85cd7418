using System.Collections.Immutable;
using System.Globalization;
using AppStack.Components.Kubernetes.Waf;
using AppStack.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AppStack.Components.Tests.Kubernetes.Waf;

public sealed class SecLangCompilerTests
{
    [Fact]
    public void Rules_of_a_service_that_says_nothing() => Snapshot.Verify(SecLangCompiler.Compile(WafExamples.Plain), "conf");

    [Fact]
    public void Rules_of_a_service_that_says_everything() => Snapshot.Verify(SecLangCompiler.Compile(WafExamples.Full), "conf");

    [Theory]
    [InlineData(WafMode.Off, "Off")]
    [InlineData(WafMode.Detect, "DetectionOnly")]
    [InlineData(WafMode.Block, "On")]
    public void The_mode_is_the_engines(WafMode mode, string engine) =>
        Assert.Contains($"SecRuleEngine {engine}\n", SecLangCompiler.Compile(WafExamples.Plain with { Spec = new() { Mode = mode } }));

    [Fact]
    public void What_is_wrong_is_not_compiled() =>
        Assert.Contains("methods: is empty", Assert.Throws<InvalidSpecException>(() => SecLangCompiler.Compile(WafExamples.Plain with { Spec = new() { Methods = [] } })).Message);

    [Fact]
    public void All_settings_are_set_because_CRS_defaults_are_not_loaded()
    {
        var set = SecLang.Actions(SecLang.Read(SecLangCompiler.Compile(WafExamples.Plain)).First(found => found.Name == "SecAction").Arguments[0])
            .Where(action => action.StartsWith("setvar:'tx.", StringComparison.Ordinal)).Select(action => action["setvar:'tx.".Length..].Split('=')[0]).ToList();

        Assert.Equal(CrsCatalogue.UnreadSettings.Order(StringComparer.Ordinal), CrsCatalogue.Settings.Keys.Except(set));
    }

    [Fact]
    public void A_tag_with_a_target_leaves_out_that_target_of_each_rule_that_has_it()
    {
        var spec = new WafSpec { Exclusions = [new() { Tag = "attack-fixation", Target = "ARGS:id", Path = "/a", Reason = "r" }] };

        var rule = SecLang.Read(SecLangCompiler.Compile(WafExamples.With(spec))).Single(found => found.Arguments.Length == 3 && found.Arguments[2].Contains("ctl:"));

        Assert.Equal("@streq /a", rule.Arguments[1]);
        Assert.Equal(
            ["ctl:ruleRemoveTargetById=943100;ARGS:id", "ctl:ruleRemoveTargetById=943110;ARGS:id", "ctl:ruleRemoveTargetById=943120;ARGS:id"],
            SecLang.Actions(rule.Arguments[2]).Where(action => action.StartsWith("ctl:", StringComparison.Ordinal)));
    }

    [Fact]
    public void Ranges_of_names_do_not_change()
    {
        // Rules that people know by their ids would get others.
        Assert.Equal(new RuleIdRange(RuleIdRange.SlotOf("dilosi")), RuleIdRange.Of(WafExamples.Full));
        Assert.Equal((16_984, 25_396_800, 25_396_999), (RuleIdRange.SlotOf("dilosi"), RuleIdRange.Of(WafExamples.Full).First, RuleIdRange.Of(WafExamples.Full).Last));
        Assert.Equal(69_999_999, new RuleIdRange(RuleIdRange.Slots - 1).Last);
    }

    [Fact]
    public void Whatever_is_compiled_keeps_its_promises() =>
        Prop.ForAll(AnySpec.ToArbitrary(), spec =>
        {
            var service = WafExamples.With(spec);
            if (WafValidator.Validate(service).Count > 0)
            {
                return true;
            }

            var text = SecLangCompiler.Compile(service);
            Assert.Equal(text, SecLangCompiler.Compile(service));
            Assert.Equal(text, SecLangCompiler.Compile(WafExamples.With(Reversed(spec))));
            var directives = SecLang.Read(text);
            Assert.All(directives, directive => Assert.StartsWith("Sec", directive.Name));
            Ids(directives, RuleIdRange.Of(service));
            Values(directives, spec);
            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Most_of_what_is_tried_is_compiled()
    {
        // Otherwise the property above would say nothing.
        var sample = AnySpec.Sample(300);

        Assert.InRange(sample.Count(spec => WafValidator.Validate(WafExamples.With(spec)).Count == 0), 60, 300);
    }

    private static void Ids(IEnumerable<SecLang> directives, RuleIdRange range)
    {
        var ids = directives.Where(found => found.Name is "SecRule" or "SecAction")
            .SelectMany(found => SecLang.Actions(found.Arguments[^1])).Where(action => action.StartsWith("id:", StringComparison.Ordinal))
            .Select(action => int.Parse(action["id:".Length..], CultureInfo.InvariantCulture)).ToList();
        Assert.All(ids, id => Assert.InRange(id, range.First, range.Last));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    private static void Values(ImmutableArray<SecLang> directives, WafSpec spec)
    {
        if (spec.Mode == WafMode.Off)
        {
            return;
        }

        var operators = directives.Where(found => found.Name == "SecRule").Select(found => found.Arguments[1]).ToList();
        Assert.All(spec.Parameters, parameter => Assert.Contains($@"!@rx \A(?:{parameter.Pattern})\z", operators));
        foreach (var path in spec.Exclusions.Select(found => found.Path).Concat(spec.Parameters.Select(found => found.Path)).Concat(spec.Paths.Select(found => found.Path)).OfType<string>())
        {
            Assert.Contains(path.EndsWith('*') ? $"@beginsWith {path[..^1]}" : $"@streq {path}", operators);
        }
    }

    private static WafSpec Reversed(WafSpec spec) => spec with
    {
        Methods = [.. spec.Methods.Reverse()],
        ContentTypes = [.. spec.ContentTypes.Reverse()],
        Parameters = [.. spec.Parameters.Reverse()],
        Paths = [.. spec.Paths.Reverse()],
        Exclusions = [.. spec.Exclusions.Reverse()],
    };

    // Texts of what is dangerous in rules, and of what is not.
    private static Gen<string> Text(string first, params string[] parts) =>
        Gen.Elements(parts).ArrayOf().Resize(6).Select(chosen => first + string.Concat(chosen));

    // Of several texts in a spec one that is refused is enough.
    private static Gen<string> Mostly(string[] good, Gen<string> any) => Gen.Frequency((6, Gen.Elements(good)), (1, any));

    private static readonly Gen<string> AnyPath = Mostly(["/", "/a/b", "/declarations", "/verify/*", "/(x),y;z='$&/*"], Text("/", "a", "b/", "declarations", "'", ",", "*", "\"", "\\", "%{tx.0}", " ", "\n", "..", "(", "$", "@rx"));

    private static readonly Gen<string> AnyPattern = Mostly(["[0-9]+", "[\"']x", "a\\\\b", "(?:x|y)\\d,#'", "\\x25{2}"], Text("", "a", "[0-9]+", "(?:x|y)", "\"", "'", "\\d", "\\", "(", ")", "%{ARGS}", "\\x25{", ",", "#", "(?x)", " ", "\n", "^", "$", "|", "é"));

    private static readonly Gen<string> AnyReason = Mostly(["it's \"text\", and # more"], Text("because", " ", "\n", "\"", "'", "SecRuleEngine Off", "\\", "#", "\r"));

    private static readonly Gen<WafSpec> AnySpec =
        from mode in Gen.Elements(WafMode.Off, WafMode.Detect, WafMode.Block, WafMode.Block)
        from level in Gen.Choose(1, 4)
        from methods in Gen.SubListOf("GET", "HEAD", "POST", "PUT", "DELETE")
        from types in Gen.SubListOf("application/json", "text/csv", "application/vnd.gov+json")
        from paths in (from path in AnyPath from method in Gen.Elements("GET", "POST") select new WafPathRule { Path = path, Methods = [method] }).ArrayOf().Resize(2)
        from parameters in (from name in Gen.Elements("code", "json.a", "x-y", "a b") from path in Gen.OneOf(AnyPath, Gen.Constant<string>(null!)) from pattern in AnyPattern
            select new WafParameter { Name = name, Path = path, Pattern = pattern }).ArrayOf().Resize(2)
        from exclusions in (from rule in Gen.Elements<int?>(942100, 941100, 920350, null) from target in Gen.Elements("ARGS:text", "REQUEST_COOKIES:s", "ARGS", null)
            from path in Gen.OneOf(AnyPath, Gen.Constant<string>(null!)) from reason in AnyReason
            select new WafExclusion { Rule = rule, Tag = rule is null ? "attack-lfi" : null, Target = target, Path = path, Reason = reason }).ArrayOf().Resize(3)
        from slot in Gen.Choose(0, RuleIdRange.Slots - 1)
        select new WafSpec
        {
            Mode = mode,
            Paranoia = level,
            Methods = [.. methods, "OPTIONS"],
            ContentTypes = [.. types, "text/xml"],
            Paths = [.. paths.Where(path => methods.Contains(path.Methods[0]))],
            Parameters = [.. parameters],
            Exclusions = [.. exclusions],
            Slot = slot,
        };
}
