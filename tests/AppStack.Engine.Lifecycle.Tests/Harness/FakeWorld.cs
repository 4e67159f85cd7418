using System.Collections.Concurrent;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Planning;

namespace AppStack.Engine.Lifecycle.Tests.Harness;

/// <summary>What exists outside, and how the provider behaves.</summary>
internal sealed class FakeWorld
{
    private readonly ConcurrentQueue<string> _calls = new();
    private int _ids;

    public string Package { get; init; } = "test";

    public string Version { get; set; } = "1.0.0";

    public ConcurrentDictionary<string, PropertyMap> Things { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<PropertyMap> Configurations { get; } = new();

    public ConcurrentQueue<CheckRequest> Checks { get; } = new();

    public ConcurrentQueue<DiffRequest> Diffs { get; } = new();

    public Func<CheckRequest, CheckResult?>? OnCheckConfig { get; set; }

    public Func<DiffRequest, DiffResult?>? OnDiffConfig { get; set; }

    public Func<CheckRequest, CheckResult?>? OnCheck { get; set; }

    public Func<DiffRequest, DiffResult?>? OnDiff { get; set; }

    public Func<CreateRequest, CreateResult?>? OnPreviewCreate { get; set; }

    public Func<CreateRequest, CancellationToken, Task<CreateResult?>>? OnCreate { get; set; }

    public Func<UpdateRequest, UpdateResult?>? OnPreviewUpdate { get; set; }

    public Func<UpdateRequest, CancellationToken, Task<UpdateResult?>>? OnUpdate { get; set; }

    public Func<DeleteRequest, CancellationToken, Task>? OnDelete { get; set; }

    public Func<ReadRequest, ReadResult?>? OnRead { get; set; }

    /// <summary>The calls that do or would do something, in order; reading it forgets them.</summary>
    public string[] TakeCalls()
    {
        var calls = _calls.ToArray();
        _calls.Clear();
        return calls;
    }

    public void Record(string call) => _calls.Enqueue(call);

    public string NewId(string name) => $"{name}-{Interlocked.Increment(ref _ids)}";

    /// <summary>Makes every create of a resource fail.</summary>
    public void FailCreate(string name, Func<Exception>? exception = null) =>
        OnCreate = (request, _) => request.Name == name ? throw exception?.Invoke() ?? new ProviderException("no room") : Task.FromResult<CreateResult?>(null);

    public void FailUpdate(string name, Func<Exception>? exception = null) =>
        OnUpdate = (request, _) => request.Urn.EndsWith($"::{name}", StringComparison.Ordinal)
            ? throw exception?.Invoke() ?? new ProviderException("no change")
            : Task.FromResult<UpdateResult?>(null);

    public void FailDelete(string name) =>
        OnDelete = (request, _) => request.Urn.EndsWith($"::{name}", StringComparison.Ordinal) ? throw new ProviderException("stuck") : Task.CompletedTask;

    public void Heal() => (OnCheckConfig, OnDiffConfig, OnCheck, OnDiff, OnPreviewCreate, OnCreate, OnPreviewUpdate, OnUpdate, OnDelete, OnRead) =
        (null, null, null, null, null, null, null, null, null, null);

    public static DiffResult DefaultDiff(DiffRequest request)
    {
        var changes = PropertyDiffer.Compare(request.OldInputs, request.NewInputs);
        return new DiffResult
        {
            Changes = changes.IsEmpty ? DiffChanges.None : DiffChanges.Some,
            ChangedKeys = [.. changes.Keys],
            ReplaceKeys = [.. changes.Keys.Where(key => key.StartsWith("immutable", StringComparison.Ordinal))],
        };
    }
}
