using System.Collections.Immutable;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Planning;
using AppStack.Engine.Registration;
using AppStack.Engine.State;
using BenchmarkDotNet.Attributes;

namespace AppStack.Benchmarks;

/// <summary>Decisions: steps, differences of properties, and the order of deletions.</summary>
[MemoryDiagnoser]
public class PlanningBenchmarks
{
    private Snapshot _snapshot = Snapshot.Empty;
    private PropertyMap[] _same = [];
    private PropertyMap[] _changed = [];
    private ImmutableArray<NumberedResource> _doomed = [];
    private Goal[] _goals = [];

    [Params(1_000, 10_000)]
    public int Resources { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _snapshot = SampleState.Of(Resources);
        _same = [.. Enumerable.Range(0, Resources).Select(number => SampleState.Inputs(number, "1"))];
        _changed = [.. Enumerable.Range(0, Resources).Select(number => SampleState.Inputs(number, "2"))];
        _doomed = [.. _snapshot.Resources.Select((state, number) => new NumberedResource(number, state))];
        _goals = [.. _snapshot.Resources.Select(state => new Goal { Urn = state.Urn, Type = state.Type, Name = state.Name, Custom = true, Inputs = state.Inputs })];
    }

    [Benchmark]
    public int DifferencesOfWhatIsTheSame() => Differences(_same);

    [Benchmark]
    public int DifferencesOfWhatHasChanged() => Differences(_changed);

    [Benchmark]
    public int StepsOfUpdates()
    {
        var answer = new DiffResult { Changes = DiffChanges.Some, ChangedKeys = ["size"] };
        var count = 0;
        for (var i = 0; i < _goals.Length; i++)
        {
            var old = new NumberedResource(i, _snapshot.Resources[i]);
            count += Planner.Plan(new PlannerInput
            {
                Goal = _goals[i],
                Inputs = _changed[i],
                Old = old,
                Difference = Planner.Judge(_goals[i], old.State, _changed[i], answer),
                Preview = false,
                NewNumber = Resources + i,
            }).Length;
        }

        return count;
    }

    [Benchmark]
    public int OrderOfDeletions() => DeletionPlanner.Plan(_doomed).Length;

    private int Differences(PropertyMap[] inputs)
    {
        var count = 0;
        for (var i = 0; i < inputs.Length; i++)
        {
            count += PropertyDiffer.Compare(_snapshot.Resources[i].Inputs, inputs[i]).Count;
        }

        return count;
    }
}
