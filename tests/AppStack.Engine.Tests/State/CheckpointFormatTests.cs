using System.Text;
using System.Text.Json;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Secrets;
using AppStack.Engine.State;

namespace AppStack.Engine.Tests.State;

public sealed class CheckpointFormatTests
{
    [Theory]
    [InlineData("01-after-create.json")]
    [InlineData("02-after-change.json")]
    [InlineData("04-after-destroy-refused.json")]
    [InlineData("05-after-kill.json")]
    public void A_genuine_checkpoint_is_reproduced_byte_for_byte_without_opening_its_secrets(string sample)
    {
        var bytes = SampleFiles.Bytes(sample);
        var snapshot = CheckpointFormat.Read(bytes, sample, SealedCodec.Instance);

        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(CheckpointFormat.WriteCheckpoint("organization/sample/prod", snapshot, SealedCodec.Instance).Span));
        Assert.Empty(SnapshotIntegrity.Verify(snapshot!));
    }

    [Theory]
    [InlineData("01-after-create.json")]
    [InlineData("02-after-change.json")]
    [InlineData("04-after-destroy-refused.json")]
    [InlineData("05-after-kill.json")]
    public void A_genuine_checkpoint_is_reproduced_byte_for_byte_with_its_secrets_opened(string sample)
    {
        var bytes = SampleFiles.Bytes(sample);
        using var key = PassphraseKey.Open(SampleFiles.Passphrase, CheckpointFormat.FindSalt(bytes)!);
        Func<PassphraseKey> always = () => key;
        var codec = new PassphraseCodec(always, always, new SecretMasker());

        var snapshot = CheckpointFormat.Read(bytes, sample, codec);

        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(CheckpointFormat.WriteCheckpoint("organization/sample/prod", snapshot, codec).Span));
        Assert.Equal(PropertyValue.Of("s3cr3t-token").AsSecret(), ((PropertyValue.Map)snapshot!.Resources[0].Outputs["nested"]).Members["token"]);
    }

    [Fact]
    public void A_genuine_export_is_reproduced_byte_for_byte()
    {
        var bytes = SampleFiles.Bytes("03-export.json");
        var snapshot = CheckpointFormat.Read(bytes, "export", SealedCodec.Instance);

        Assert.Equal(Encoding.UTF8.GetString(bytes), CheckpointFormat.WriteExport(snapshot!, SealedCodec.Instance));
    }

    [Fact]
    public void A_pending_operation_of_a_killed_run_is_read()
    {
        var snapshot = CheckpointFormat.Read(SampleFiles.Bytes("05-after-kill.json"), "sample", SealedCodec.Instance)!;

        var pending = Assert.Single(snapshot.PendingOperations);
        Assert.Equal(PendingOperationKind.Creating, pending.Kind);
        Assert.Equal("edge-second", pending.Resource.Name);
        Assert.Equal(PropertyValue.Of("sleep 30; cat"), pending.Resource.Inputs["create"]);
    }

    [Fact]
    public void A_stack_that_was_never_deployed_has_no_latest()
    {
        var bytes = CheckpointFormat.WriteCheckpoint("organization/proj/dev", snapshot: null, SealedCodec.Instance);

        Assert.Equal("""{"version":3,"checkpoint":{"stack":"organization/proj/dev"}}""", Encoding.UTF8.GetString(bytes.Span));
        Assert.Null(CheckpointFormat.Read(bytes.Span, "new", SealedCodec.Instance));
    }

    [Fact]
    public void An_older_indented_file_is_read()
    {
        var text = Encoding.UTF8.GetString(SampleFiles.Bytes("03-export.json")).Replace("\n", "\r\n", StringComparison.Ordinal);

        Assert.Equal(9, CheckpointFormat.Read(Encoding.UTF8.GetBytes("\ufeff" + text), "export", SealedCodec.Instance)!.Resources.Length);
    }

    [Theory]
    [InlineData("""{"version":2,"deployment":{}}""", "version 2")]
    [InlineData("""{"version":4,"features":["views","hooks"],"deployment":{}}""", "views, hooks")]
    [InlineData("""{"version":3,"deployment":{"resources":[{"urn":"urn:pulumi:a::b::c::d","custom":true,"type":"c","viewOf":"x"}]}}""", "'viewOf'")]
    [InlineData("""{"version":3,"deployment":{"secrets_providers":{"type":"cloud","state":{}}}}""", "'cloud'")]
    [InlineData("""{"version":3,"deployment":{"news":1}}""", "'news'")]
    [InlineData("""{"version":3,"deployment":{"metadata":{"integrity_error":{}}}}""", "integrity_error")]
    [InlineData("""{"version":3,"deployment":{"resources":[{"urn":3}]}}""", "Number")]
    [InlineData("""{"version":3,"deployment":""", "cannot be read")]
    [InlineData("[]", "StartArray")]
    [InlineData("", "cannot be read")]
    public void What_cannot_be_read_is_refused_with_its_name(string json, string named)
    {
        var exception = Assert.Throws<StateFormatException>(() => CheckpointFormat.Read(Encoding.UTF8.GetBytes(json), "the file", SealedCodec.Instance));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        Assert.Contains("the file", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Replace_with_needs_version_four()
    {
        var snapshot = Snapshot.Empty with
        {
            Resources = [new ResourceState { Urn = "urn:pulumi:a::b::c:d:e::f", Type = "c:d:e", Custom = true, ReplaceWith = ["urn:pulumi:a::b::c:d:e::g"] }],
        };

        var text = CheckpointFormat.WriteExport(snapshot, SealedCodec.Instance);

        Assert.Contains("\"version\": 4", text, StringComparison.Ordinal);
        Assert.Equal(snapshot.Resources[0].ReplaceWith.AsEnumerable(), CheckpointFormat.Read(Encoding.UTF8.GetBytes(text), "x", SealedCodec.Instance)!.Resources[0].ReplaceWith);
    }

    [Fact]
    public void Every_member_of_a_resource_survives()
    {
        var state = new ResourceState
        {
            Urn = "urn:pulumi:s::p::a:b:C::n",
            Type = "a:b:C",
            Custom = true,
            Delete = true,
            Id = "id",
            Inputs = PropertyMap.Of(("in", PropertyValue.Of(1.5)), ("asset", new PropertyValue.Asset("00", Content: "text")), ("dir", new PropertyValue.Archive("11", Path: "/x"))),
            Outputs = PropertyMap.Of(("ref", new PropertyValue.Reference("urn:pulumi:s::p::a:b:C::m", PropertyValue.Of("i"), "1.0")), ("nan", PropertyValue.Of(double.NaN)), ("inf", PropertyValue.Of(double.NegativeInfinity))),
            Parent = "urn:pulumi:s::p::a:b:C::parent",
            Protect = true,
            External = true,
            Dependencies = ["urn:pulumi:s::p::a:b:C::d"],
            InitErrors = ["oops"],
            Provider = "urn:pulumi:s::p::pulumi:providers:a::x::1",
            PropertyDependencies = ResourceState.NoPropertyDependencies.Add("in", []).Add("other", ["urn:pulumi:s::p::a:b:C::d"]),
            PendingReplacement = true,
            AdditionalSecretOutputs = ["x"],
            Aliases = ["urn:pulumi:s::p::a:b:C::old"],
            Timeouts = new StateTimeouts(1, 2.5, 3, 4),
            ImportId = "imp",
            RetainOnDelete = true,
            DeletedWith = "urn:pulumi:s::p::a:b:C::w",
            Created = "2026-01-02T03:04:05.123456789Z",
            Modified = "2026-01-02T03:04:06Z",
            SourcePosition = "project:///Program.cs#1,2",
            StackTrace = """[{"sourcePosition":"project:///a#1"}]""",
            IgnoreChanges = ["a"],
            HideDiffs = ["b"],
            ReplaceOnChanges = ["c"],
            ReplacementTrigger = PropertyValue.Of("t"),
        };
        var snapshot = Snapshot.Empty with { Resources = [state] };

        var bytes = CheckpointFormat.WriteCheckpoint("x", snapshot, SealedCodec.Instance);
        var read = Assert.Single(CheckpointFormat.Read(bytes.Span, "x", SealedCodec.Instance)!.Resources);

        using var document = JsonDocument.Parse(bytes);
        Assert.Equal(
            [
                "urn", "custom", "delete", "id", "type", "inputs", "outputs", "parent", "protect", "external", "dependencies", "initErrors", "provider",
                "propertyDependencies", "pendingReplacement", "additionalSecretOutputs", "aliases", "customTimeouts", "importID", "retainOnDelete",
                "deletedWith", "created", "modified", "sourcePosition", "stackTrace", "ignoreChanges", "hideDiff", "replaceOnChanges", "replacementTrigger",
            ],
            document.RootElement.GetProperty("checkpoint").GetProperty("latest").GetProperty("resources")[0].EnumerateObject().Select(member => member.Name));
        Assert.True(StateComparer.SameExceptPosition(state, read));
        Assert.Equal(state.SourcePosition, read.SourcePosition);
        Assert.Equal(state.StackTrace, read.StackTrace);
        Assert.Equal(state.Aliases.AsEnumerable(), read.Aliases);
    }
}
