using System.Collections.Immutable;
using AppStack.Engine.Events;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;

namespace AppStack.Cli.Tests.Display;

/// <summary>The events of a small run that has one of everything: created, updated, replaced, deleted, failed, unchanged, secret.</summary>
internal static class SampleRun
{
    public const string Stack = "urn:pulumi:local::appstack::pulumi:pulumi:Stack::appstack-local";
    public const string Component = "urn:pulumi:local::appstack::appstack:edge:LoadBalancer::edge-lb-1";
    public const string Bundle = "urn:pulumi:local::appstack::appstack:edge:LoadBalancer$command:remote:Command::edge-lb-1-haproxy";
    public const string Password = "urn:pulumi:local::appstack::random:index/randomPassword:RandomPassword::stats";
    public const string Old = "urn:pulumi:local::appstack::command:local:Command::old::name";
    public const string New = "urn:pulumi:local::appstack::command:local:Command::bridge";
    public const string Broken = "urn:pulumi:local::appstack::command:remote:Command::edge-lb-2-bird";

    public static readonly DateTimeOffset Began = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static IEnumerable<EngineEvent> Preview() => Number(Steps().SelectMany(step => new EngineEvent[]
    {
        new EngineEvent.ResourcePre(step, Planning: true),
        new EngineEvent.ResourceOutputs(step, Planning: true, TimeSpan.Zero),
    }).Append(new EngineEvent.Summary(Preview: true, TimeSpan.FromSeconds(1.25), Changes())));

    public static IEnumerable<EngineEvent> Update()
    {
        var events = new List<EngineEvent> { new EngineEvent.Prelude(ImmutableSortedDictionary<string, string>.Empty.Add("appstack:token", "[secret]")) };
        foreach (var step in Steps())
        {
            events.Add(new EngineEvent.ResourcePre(step, Planning: false));
            if (step.Urn == Broken)
            {
                events.Add(new EngineEvent.ResourceStatus(step.Urn, "validating\nbird -p -c /etc/bird/bird.conf"));
                events.Add(new EngineEvent.Diagnostic(new LogMessage(
                    LogSeverity.Error,
                    "edge-lb-2: bird rejected its configuration; the previous one stays.\n/etc/bird/bird.conf:12:3 syntax error, unexpected CF_SYM_UNDEFINED",
                    step.Urn)));
                events.Add(new EngineEvent.ResourceFailed(step, ProviderOutcome.Failed, TimeSpan.FromSeconds(0.84)));
            }
            else
            {
                events.Add(new EngineEvent.ResourceOutputs(step, Planning: false, TimeSpan.FromSeconds(1.5)));
            }
        }

        events.Add(new EngineEvent.Diagnostic(new LogMessage(LogSeverity.Warning, "The section clusters is not deployed by this version.")));
        events.Add(new EngineEvent.Summary(Preview: false, TimeSpan.FromSeconds(75), Changes()));
        return Number(events);
    }

    /// <summary>The first events of the update: two steps run.</summary>
    public static IEnumerable<EngineEvent> Half() => Update().TakeWhile(happened => happened is not EngineEvent.Diagnostic);

    private static IEnumerable<EngineEvent> Number(IEnumerable<EngineEvent> events) =>
        events.Select((happened, index) => happened with { Sequence = index + 1, Time = Began.AddSeconds(index) });

    private static ImmutableSortedDictionary<StepKind, int> Changes() => ImmutableSortedDictionary<StepKind, int>.Empty
        .Add(StepKind.Create, 1).Add(StepKind.Update, 2).Add(StepKind.Replace, 1).Add(StepKind.CreateReplacement, 1)
        .Add(StepKind.DeleteReplaced, 1).Add(StepKind.Delete, 1).Add(StepKind.Same, 12);

    private static IEnumerable<StepDescription> Steps()
    {
        yield return new StepDescription
        {
            Kind = StepKind.Same,
            Urn = Stack,
            Type = "pulumi:pulumi:Stack",
            OldOutputs = PropertyMap.Of(("url", PropertyValue.Of("http://10.0.0.1/")), ("password", PropertyValue.Of("old").AsSecret()), ("same", PropertyValue.Of(1))),
            NewOutputs = PropertyMap.Of(("url", PropertyValue.Of("http://10.0.0.2/")), ("password", PropertyValue.Of("new").AsSecret()), ("same", PropertyValue.Of(1))),
        };
        yield return new StepDescription { Kind = StepKind.Same, Urn = Component, Type = "appstack:edge:LoadBalancer", Parent = Stack };
        yield return Updated(
            Bundle,
            Component,
            ("stdin", PropertyValue.Of("""{"files":[{"path":"/etc/haproxy/haproxy.cfg","content":"global\n  maxconn 4000\n\ndefaults\n  mode tcp\n"}],"role":"haproxy"}""")),
            ("stdin", PropertyValue.Of("""{"files":[{"path":"/etc/haproxy/haproxy.cfg","content":"global\n  maxconn 8000\n\ndefaults\n  mode tcp\n"}],"role":"haproxy"}""")),
            ("environment", PropertyValue.Of(PropertyMap.Of(("TOKEN", PropertyValue.Of("s3cr3t").AsSecret()), ("MODE", PropertyValue.Of("tcp"))))),
            ("environment", PropertyValue.Of(PropertyMap.Of(("TOKEN", PropertyValue.Of("n3w").AsSecret()), ("MODE", PropertyValue.Of("tcp"))))));
        foreach (var kind in new[] { StepKind.CreateReplacement, StepKind.Replace })
        {
            yield return new StepDescription
            {
                Kind = kind,
                Urn = Password,
                Type = "random:index/randomPassword:RandomPassword",
                Parent = Stack,
                Custom = true,
                Id = "none",
                OldInputs = PropertyMap.Of(("length", PropertyValue.Of(16)), ("keepers", PropertyValue.Of(PropertyMap.Of(("node", PropertyValue.Of("a")))))),
                NewInputs = PropertyMap.Of(("length", PropertyValue.Of(24)), ("keepers", PropertyValue.Of(PropertyMap.Of(("node", PropertyValue.Unknown.Instance))))),
                DetailedDiff = Diff(("length", PropertyDiffKind.UpdateReplace), ("keepers.node", PropertyDiffKind.UpdateReplace)),
                ReplaceKeys = ["length", "keepers"],
            };
        }

        yield return new StepDescription
        {
            Kind = StepKind.Create,
            Urn = New,
            Type = "command:local:Command",
            Parent = Stack,
            Custom = true,
            NewInputs = PropertyMap.Of(
                ("create", PropertyValue.Of("set -e\nip link add br0 type bridge\nip link set br0 up")),
                ("triggers", PropertyValue.Of([PropertyValue.Of("a"), PropertyValue.Of(value: true), PropertyValue.Null.Instance])),
                ("password", PropertyValue.Of("hidden").AsSecret())),
        };
        yield return Updated(Broken, Stack, ("create", PropertyValue.Of("birdc configure")), ("create", PropertyValue.Of("birdc configure soft")));
        yield return new StepDescription { Kind = StepKind.DeleteReplaced, Urn = Password, Type = "random:index/randomPassword:RandomPassword", Parent = Stack, Custom = true, Id = "none" };
        yield return new StepDescription { Kind = StepKind.Delete, Urn = Old, Type = "command:local:Command", Parent = Stack, Custom = true, Id = "old1234" };
    }

    private static StepDescription Updated(string urn, string parent, params (string Key, PropertyValue Value)[] pairs) => new()
    {
        Kind = StepKind.Update,
        Urn = urn,
        Type = "command:remote:Command",
        Parent = parent,
        Custom = true,
        Id = "edge1234",
        OldInputs = PropertyMap.Of([.. pairs.Where((_, index) => index % 2 == 0)]),
        NewInputs = PropertyMap.Of([.. pairs.Where((_, index) => index % 2 == 1)]),
        DetailedDiff = Diff([.. pairs.Select(pair => pair.Key).Distinct(StringComparer.Ordinal).Select(key => (key, PropertyDiffKind.Update))]),
    };

    private static ImmutableSortedDictionary<string, PropertyDiffKind> Diff(params (string Path, PropertyDiffKind Kind)[] changes) =>
        changes.ToImmutableSortedDictionary(change => change.Path, change => change.Kind, StringComparer.Ordinal);
}
