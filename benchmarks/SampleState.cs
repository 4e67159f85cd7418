using System.Collections.Immutable;
using System.Globalization;
using AppStack.Engine.Journal;
using AppStack.Engine.Model.Values;
using AppStack.Engine.State;

namespace AppStack.Benchmarks;

/// <summary>A state as a large stack has it: groups of resources of which each depends on the one before it in its group.</summary>
internal static class SampleState
{
    private const int GroupSize = 10;

    public static Snapshot Of(int count)
    {
        var resources = ImmutableArray.CreateBuilder<ResourceState>(count);
        for (var i = 0; i < count; i++)
        {
            var before = i % GroupSize == 0 ? null : resources[i - 1].Urn;
            resources.Add(new ResourceState
            {
                Urn = string.Create(CultureInfo.InvariantCulture, $"urn:pulumi:dev::proj::test:index:Thing::thing-{i}"),
                Type = "test:index:Thing",
                Custom = true,
                Id = string.Create(CultureInfo.InvariantCulture, $"id-{i}"),
                Inputs = Inputs(i, "1"),
                Outputs = Inputs(i, "1"),
                Dependencies = before is null ? [] : [before],
            });
        }

        return Snapshot.Empty with { Resources = resources.ToImmutable(), Version = "v1", Magic = CheckpointFormat.Magic("v1") };
    }

    public static PropertyMap Inputs(int number, string size) => PropertyMap.Of(
        ("name", PropertyValue.Of(string.Create(CultureInfo.InvariantCulture, $"thing-{number}"))),
        ("size", PropertyValue.Of(size)),
        ("enabled", PropertyValue.Of(true)),
        ("tags", PropertyValue.Of(PropertyMap.Of(("owner", PropertyValue.Of("appstack")), ("tier", PropertyValue.Of("web"))))),
        ("ports", PropertyValue.Of([PropertyValue.Of(80), PropertyValue.Of(443)])));

    /// <summary>What a run writes that updates every resource.</summary>
    public static ImmutableArray<JournalEntry> Updates(Snapshot snapshot)
    {
        var entries = ImmutableArray.CreateBuilder<JournalEntry>(2 * snapshot.Resources.Length);
        for (var i = 0; i < snapshot.Resources.Length; i++)
        {
            var state = snapshot.Resources[i];
            entries.Add(new JournalEntry { Begin = new JournalEntry.BeginMark(i, PendingOperationKind.Updating, state) });
            entries.Add(new JournalEntry { End = new JournalEntry.EndMark(i, Known: true), Put = [new(i, state with { Inputs = Inputs(i, "2") })] });
        }

        return entries.ToImmutable();
    }
}
