using System.Collections.Immutable;
using AppStack.Engine.Planning;
using AppStack.Engine.State;

namespace AppStack.Engine.Execution;

/// <summary>
/// The resources of a run by number, as they are at this moment: those of the base state under their positions in it, new ones after them.
/// Safe for concurrent use.
/// </summary>
internal sealed class RunStates
{
    private readonly Lock _lock = new();
    private readonly List<ResourceState?> _states;
    private readonly HashSet<int> _seen = [];
    private readonly Dictionary<string, int> _baseByUrn;
    private readonly Dictionary<string, int> _live = new(StringComparer.Ordinal);

    public RunStates(Snapshot @base)
    {
        BaseCount = @base.Resources.Length;
        _states = new List<ResourceState?>(@base.Resources);
        _baseByUrn = new Dictionary<string, int>(BaseCount, StringComparer.Ordinal);
        for (var i = 0; i < BaseCount; i++)
        {
            if (!@base.Resources[i].Delete)
            {
                _baseByUrn[@base.Resources[i].Urn] = i;
            }
        }
    }

    public int BaseCount { get; }

    /// <summary>A number for a resource that is about to be made.</summary>
    public int NextNumber()
    {
        lock (_lock)
        {
            _states.Add(null);
            return _states.Count - 1;
        }
    }

    /// <summary>The resource of the base state with a URN, if it is still there.</summary>
    public NumberedResource? FindBase(string urn)
    {
        lock (_lock)
        {
            return _baseByUrn.TryGetValue(urn, out var number) && _states[number] is { Delete: false } state ? new NumberedResource(number, state) : null;
        }
    }

    /// <summary>The resource that this run has made or confirmed under a URN.</summary>
    public NumberedResource? FindLive(string urn)
    {
        lock (_lock)
        {
            return _live.TryGetValue(urn, out var number) && _states[number] is { } state ? new NumberedResource(number, state) : null;
        }
    }

    /// <summary>Claims a resource of the base state for a registration; false when another registration has it.</summary>
    public bool See(int number)
    {
        lock (_lock)
        {
            return _seen.Add(number);
        }
    }

    public bool IsSeen(int number)
    {
        lock (_lock)
        {
            return _seen.Contains(number);
        }
    }

    public void Put(int number, ResourceState state)
    {
        lock (_lock)
        {
            _states[number] = state;
            _live[state.Urn] = number;
        }
    }

    public void Set(int number, ResourceState? state)
    {
        lock (_lock)
        {
            _states[number] = state;
        }
    }

    /// <summary>What is left of the base state, in its order.</summary>
    public ImmutableArray<NumberedResource> Base() => First(BaseCount);

    /// <summary>Every resource there is now.</summary>
    public ImmutableArray<NumberedResource> All() => First(int.MaxValue);

    private ImmutableArray<NumberedResource> First(int limit)
    {
        lock (_lock)
        {
            var count = Math.Min(limit, _states.Count);
            var resources = ImmutableArray.CreateBuilder<NumberedResource>(count);
            for (var number = 0; number < count; number++)
            {
                if (_states[number] is { } state)
                {
                    resources.Add(new NumberedResource(number, state));
                }
            }

            return resources.ToImmutable();
        }
    }
}
