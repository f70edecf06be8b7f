package io.cloudelements.connectwise.schedule;

import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Behaviour.TagFormat;
import io.cloudelements.simulator.model.BehaviourBuilder;
import io.cloudelements.simulator.model.Route;

/** What kind of service it is: unverified points of the contract, for a whole schedule. */
enum Profile {
  DOCUMENTED {
    @Override
    void apply(Simulator simulator) {}
  },
  LISTS_HIDE_WHAT_IS_NEW {
    @Override
    void apply(Simulator simulator) {
      simulator.faults().on(Route.GET_INSTANCES).inject(new Fault.HidesYoungerThan(Bounds.STALE));
    }
  },
  TAGS_IN_EVERY_ANSWER {
    @Override
    void apply(Simulator simulator) {
      simulator
          .platform()
          .behave(behaviour -> behaviour.with(b -> b.tagsInCreationAnswer = TagFormat.OBJECTS));
    }
  },
  PUT_CHANGES_TOKEN {
    @Override
    void apply(Simulator simulator) {
      simulator.platform().behave(behaviour -> behaviour.with(b -> b.putChangesToken = true));
    }
  },
  PUT_CHANGES_ID {
    @Override
    void apply(Simulator simulator) {
      simulator.platform().behave(behaviour -> behaviour.with(this::changingIds));
    }

    private void changingIds(BehaviourBuilder b) {
      b.putChangesId = true;
      b.putChangesToken = true;
    }
  };

  abstract void apply(Simulator simulator);
}
