using System.Collections.Concurrent;
using System.Collections.Immutable;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Lifecycle.Tests.Harness;

/// <summary>
/// A provider with a small world of its own: what exists, by id. Inputs named <c>immutable*</c> need a replacement. Every call is recorded,
/// and any can be given another behaviour.
/// </summary>
internal sealed class FakeProvider(FakeWorld world) : IResourceProvider
{
    public string Package => world.Package;

    public string Version => world.Version;

    public Task<CheckResult> CheckConfigAsync(CheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(world.OnCheckConfig?.Invoke(request) ?? CheckResult.Ok(request.NewInputs));

    public Task<DiffResult> DiffConfigAsync(DiffRequest request, CancellationToken cancellationToken)
    {
        world.Record($"diffconfig {request.Urn.Split("::")[^1]}");
        return Task.FromResult(world.OnDiffConfig?.Invoke(request) ?? FakeWorld.DefaultDiff(request));
    }

    public Task ConfigureAsync(PropertyMap configuration, CancellationToken cancellationToken)
    {
        world.Configurations.Enqueue(configuration);
        return Task.CompletedTask;
    }

    public Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        world.Checks.Enqueue(request);
        return Task.FromResult(world.OnCheck?.Invoke(request) ?? CheckResult.Ok(request.NewInputs));
    }

    public Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken)
    {
        world.Diffs.Enqueue(request);
        return Task.FromResult(world.OnDiff?.Invoke(request) ?? FakeWorld.DefaultDiff(request));
    }

    public async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        if (request.Preview)
        {
            world.Record($"preview-create {request.Name}");
            return world.OnPreviewCreate?.Invoke(request) ?? new CreateResult("", request.Inputs);
        }

        world.Record($"create {request.Name}");
        if (world.OnCreate is { } hook && await hook(request, cancellationToken) is { } scripted)
        {
            return scripted;
        }

        var id = world.NewId(request.Name);
        world.Things[id] = request.Inputs.WithoutSecrets();
        return new CreateResult(id, request.Inputs);
    }

    public Task<ReadResult> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        world.Record($"read {request.Id}");
        return Task.FromResult(
            world.OnRead?.Invoke(request)
            ?? (world.Things.TryGetValue(request.Id, out var properties) ? new ReadResult(request.Id, properties, properties) : ReadResult.Gone));
    }

    public async Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        if (request.Preview)
        {
            world.Record($"preview-update {request.Urn.Split("::")[^1]}");
            return world.OnPreviewUpdate?.Invoke(request) ?? new UpdateResult(request.NewInputs);
        }

        world.Record($"update {request.Urn.Split("::")[^1]}");
        if (world.OnUpdate is { } hook && await hook(request, cancellationToken) is { } scripted)
        {
            return scripted;
        }

        world.Things[request.Id] = request.NewInputs.WithoutSecrets();
        return new UpdateResult(request.NewInputs);
    }

    public async Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken)
    {
        world.Record($"delete {request.Urn.Split("::")[^1]}");
        if (world.OnDelete is { } hook)
        {
            await hook(request, cancellationToken);
        }

        world.Things.TryRemove(request.Id, out _);
    }

    public Task<InvokeResponse> InvokeAsync(string token, PropertyMap arguments, IOperationLog log, CancellationToken cancellationToken)
    {
        world.Record($"invoke {token}");
        log.Write(LogSeverity.Info, $"{token} says hello");
        return Task.FromResult(new InvokeResponse(arguments, []));
    }
}
